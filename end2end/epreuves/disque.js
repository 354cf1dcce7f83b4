// R5: the disk of a SQLite database fills up. Writes are answered 503 and leave nothing behind, reads go on; with room again
// the program goes on by itself. Needs root, to mount a small disk.
//   node epreuves/disque.js --rounds=3
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { audit } from './scene/constats.js';
import { Formulaires, acknowledged, fill, isUnavailable, send, signUp } from './scene/inscriptions.js';
import { engine, rowsOfSqlite } from './scene/moteurs.js';
import { Programme, status, wait } from './scene/programme.js';
import { Puits } from './scene/puits.js';
import { Rouge, exige, sizes, trial } from './scene/verdict.js';
import { Visiteur, connections } from './scene/visiteur.js';

const size = sizes({ rounds: 2, people: 12 });
const agent = connections(16);
const asRoot = (...command) => {
  const [file, ...rest] = process.getuid() === 0 ? command : ['sudo', ...command];
  execFileSync(file, rest);
};

await trial('disk full under SQLite', async (clean) => {
  const base = await engine('sqlite', clean);
  const disk = path.join(base.folder, 'disque');
  mkdirSync(disk);
  asRoot('mount', '-t', 'tmpfs', '-o', `size=640m,mode=777`, 'tmpfs', disk);
  clean(() => asRoot('umount', '-l', disk));
  base.file = path.join(disk, 'iel.db');
  const puits = await new Puits().listen();
  clean(() => puits.close());
  const programme = await Programme.in(base.folder, { IEL_DATABASE_URL: `sqlite://${base.file}`, IEL_MAIL_URL: puits.url });
  await programme.start();
  clean(() => programme.process.kill('SIGKILL'));
  const forms = new Formulaires();
  const ledger = new Map();
  let serial = 0;
  base.rows = (sql) => rowsOfSqlite(base.file, sql);
  const count = () => {
    const of = (table) => `(SELECT count(*) FROM ${table}) AS ${table}`;
    return Object.entries(base.rows(`SELECT ${['compte', 'journal', 'courriel'].map(of).join(', ')}`)[0]);
  };
  const someone = () => ({ visiteur: new Visiteur(programme.url, agent), courriel: `p${(serial += 1)}@exemple.example` });
  const signedUp = async ({ visiteur, courriel }) => {
    await fill(visiteur, forms, courriel);
    await send(visiteur, forms);
    ledger.set(await acknowledged(visiteur), { courriel });
  };
  await signUp(new Visiteur(programme.url, agent), forms, 'zero@exemple.example', true);

  for (let round = 1; round <= size.rounds; round += 1) {
    await signedUp(someone());
    await wait(1_000);
    const before = count();
    // Fills the disk to the last byte.
    const ballast = path.join(disk, 'lest');
    try {
      execFileSync('dd', ['if=/dev/zero', `of=${ballast}`, 'bs=64k'], { stdio: 'ignore' });
    } catch {
      // `dd` fails once the disk is full, as it must.
    }
    const acknowledgedBefore = ledger.size;
    const refused = [];
    // The engine still has the room that it took before, so the first writes may succeed.
    for (let tried = 0; refused.length < size.people; tried += 1) {
      exige(tried < 1_000, 'the disk is full and nothing is refused');
      const person = someone();
      try {
        await signedUp(person);
      } catch (error) {
        exige(error instanceof Rouge && isUnavailable(error), `with the disk full: ${error.message}`);
        refused.push(person);
      }
    }
    const taken = ledger.size - acknowledgedBefore;
    for (const [at, [table, n]] of count().entries()) {
      exige(n === before[at][1] + taken, `with the disk full, ${table} went from ${before[at][1]} to ${n} for ${taken} acknowledged`);
    }
    for (const path of ['/', '/healthz']) exige((await status(programme.url, path)) === 200, `with the disk full ${path} is not shown`);
    rmSync(ballast);
    const back = performance.now();
    for (const person of refused) await signedUp(person);
    const seconds = ((performance.now() - back) / 1000).toFixed(1);
    console.log(`round ${round}: ${refused.length} refused (${taken} taken before), nothing half written; with room again they went on, in ${seconds} s`);
  }
  exige(ledger.size === serial && programme.starts === 1, 'somebody could not go on');

  // The database's file is moved away and back. Every answer in between must be true afterwards.
  const people = Array.from({ length: size.people }, someone);
  await Promise.all(people.map(({ visiteur, courriel }) => fill(visiteur, forms, courriel)));
  renameSync(base.file, `${base.file}.loin`);
  let told = 0;
  for (const { visiteur, courriel } of people) {
    const sent = await send(visiteur, forms).then(() => acknowledged(visiteur), () => null);
    if (!sent) continue;
    told += 1;
    ledger.set(sent, { courriel });
  }
  renameSync(`${base.file}.loin`, base.file);
  await wait(3_000);
  exige((await signUp(new Visiteur(programme.url, agent), forms, 'retour@exemple.example')) !== null, 'the program does not go on with its file back');
  await programme.check('with its file back');
  await programme.stop();
  console.log(`file moved away: ${told} of ${size.people} acknowledged meanwhile; ${audit(base, ledger, puits.letters, 0)}`);
});
