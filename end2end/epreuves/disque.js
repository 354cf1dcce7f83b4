// R5: the disk of a SQLite database fills up. Writes are answered 503 and leave nothing behind, reads go on; with room again
// the program goes on by itself. Needs root, to mount a small disk.
//   node epreuves/disque.js --rounds=3
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { audit } from './outils/constats.js';
import { Formulaires, acknowledged, fill, isUnavailable, send, signUp } from './outils/inscriptions.js';
import { engine } from './outils/moteurs.js';
import { Programme, status, wait } from './outils/programme.js';
import { Puits } from './outils/puits.js';
import { Rouge, exige, sizes, trial } from './outils/verdict.js';
import { Visiteur, connections } from './outils/visiteur.js';

const size = sizes({ rounds: 2, people: 12 });
const agent = connections(16);
const asRoot = (...command) => execFileSync(process.getuid() === 0 ? command[0] : 'sudo', process.getuid() === 0 ? command.slice(1) : command);

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
  const sample = async () => new Map(Object.entries(base.rowsNow()));
  base.rows = (sql) => JSON.parse(execFileSync('sqlite3', ['-json', base.file, sql], { encoding: 'utf8', maxBuffer: 1 << 28 }) || '[]');
  base.rowsNow = () => base.rows('SELECT (SELECT count(*) FROM compte) comptes, (SELECT count(*) FROM journal) lignes, (SELECT count(*) FROM courriel) courriels')[0];
  await signUp(new Visiteur(programme.url, agent), forms, 'zero@exemple.example', true);

  for (let round = 1; round <= size.rounds; round += 1) {
    const people = Array.from({ length: size.people }, () => ({ visiteur: new Visiteur(programme.url, agent), courriel: `p${(serial += 1)}@exemple.example` }));
    await Promise.all(people.map(({ visiteur, courriel }) => fill(visiteur, forms, courriel)));
    await wait(1_500);
    const before = await sample();
    // All the room there is, to the last byte.
    const ballast = path.join(disk, 'lest');
    try {
      execFileSync('dd', ['if=/dev/zero', `of=${ballast}`, 'bs=64k'], { stdio: 'ignore' });
    } catch {
      // It ends by failing, as it must.
    }
    let refused = 0;
    for (const { visiteur, courriel } of people) {
      try {
        await send(visiteur, forms);
        // The journal of the engine had a little room of its own.
        ledger.set(await acknowledged(visiteur), { courriel });
      } catch (error) {
        exige(error instanceof Rouge && isUnavailable(error), `with the disk full a write is answered: ${error.message}`);
        refused += 1;
      }
    }
    exige(refused > 0, 'the disk was full and nothing was refused');
    const taken = size.people - refused;
    const now = await sample();
    for (const [what, n] of before) {
      exige(now.get(what) === n + taken, `with the disk full, ${what} went from ${n} to ${now.get(what)} for ${taken} acknowledged`);
    }
    exige((await status(programme.url, '/')) === 200, 'with the disk full the front page is not shown');
    exige((await people[0].visiteur.get('/inscription/identite')).status !== 503, 'with the disk full a draft can’t be read');
    exige((await status(programme.url, '/healthz')) === 200, 'with the disk full /healthz is not green');
    rmSync(ballast);
    for (const { visiteur, courriel } of people) {
      let reference = await acknowledged(visiteur);
      if (!reference) {
        await send(visiteur, forms);
        reference = await acknowledged(visiteur);
      }
      ledger.set(reference, { courriel });
    }
    console.log(`round ${round}: ${refused} of ${size.people} refused with 503, nothing half written, and on they went with room again`);
  }
  exige(ledger.size === serial && programme.starts === 1, 'somebody could not go on');

  // Its file is moved away, and back: whatever is answered meanwhile is true afterwards.
  const people = Array.from({ length: size.people }, () => ({ visiteur: new Visiteur(programme.url, agent), courriel: `p${(serial += 1)}@exemple.example` }));
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
