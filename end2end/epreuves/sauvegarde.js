// R8: a backup taken while people sign up restores and passes the check. It holds all that was acknowledged before
// it, and its mails that leave again are the same.
//   node epreuves/sauvegarde.js --engine=sqlite|postgres --signups=200
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { audit } from './scene/constats.js';
import { Foule } from './scene/foule.js';
import { engine, rowsOfPostgres, rowsOfSqlite } from './scene/moteurs.js';
import { Programme, wait } from './scene/programme.js';
import { Puits, duplicates } from './scene/puits.js';
import { exige, rejette, sizes, trial } from './scene/verdict.js';

const size = sizes({ engine: 'sqlite', signups: 100, clients: 8 });

/** Takes the backup. Returns a function that restores it at `place` and gives its address and a witness. */
async function backup(base, programme) {
  const file = path.join(base.folder, 'sauvegarde');
  if (base.name === 'sqlite') {
    const { code, stderr } = await programme.run('backup', file);
    exige(code === 0, `iel backup: ${stderr}`);
    return async (place) => {
      const url = `sqlite://${place}/iel.db`;
      const restored = await new Programme(place, { ...programme.env, IEL_DATABASE_URL: url }, []).run('restore', file);
      exige(restored.code === 0, `iel restore: ${restored.stderr}`);
      return { url, rows: (sql) => rowsOfSqlite(`${place}/iel.db`, sql) };
    };
  }
  execFileSync('pg_dump', ['--format=custom', '--no-owner', `--file=${file}`, base.url]);
  return async () => {
    const url = base.cluster.create('restauree');
    execFileSync('pg_restore', ['--no-owner', '--exit-on-error', `--dbname=${url}`, file]);
    return { url, rows: (sql) => rowsOfPostgres(url, sql) };
  };
}

await trial(`backup under load on ${size.engine}`, async (clean) => {
  const base = await engine(size.engine, clean);
  const puits = await new Puits().listen();
  clean(() => puits.close());
  const programme = await Programme.in(base.folder, { IEL_DATABASE_URL: base.url, IEL_MAIL_URL: puits.url });
  await programme.start();
  clean(() => programme.process.kill('SIGKILL'));
  const foule = new Foule(programme, puits, size.clients);
  await foule.begin();
  await foule.reach(size.signups / 2, 60);

  const promised = new Map([...foule.ledger].map(([reference, known]) => [reference, { ...known }]));
  const begun = Date.now();
  const restore = await backup(base, programme);
  const took = Date.now() - begun;
  await foule.reach(size.signups, 60);
  await foule.end();
  await programme.stop();

  const place = path.join(base.folder, 'restauree');
  mkdirSync(place);
  const copy = await restore(place);
  copyFileSync(programme.env.IEL_SECRET_KEY_FILE, path.join(place, 'cle-secrete'));
  // The copy serves at the same address, because links hold the address.
  const settings = { IEL_DATABASE_URL: copy.url, IEL_SECRET_KEY_FILE: path.join(place, 'cle-secrete') };
  const restored = new Programme(place, { ...programme.env, ...settings }, []);
  await restored.check('on the restored backup');
  const found = audit(copy, promised, puits.letters, 0, begun);
  console.log(`${size.engine}: backup in ${took} ms while ${foule.ledger.size - promised.size} more signed up; ${found}`);

  await restored.start();
  clean(() => restored.process.kill('SIGKILL'));
  const queued = () => copy.rows("SELECT count(*) AS n FROM courriel WHERE etat = 'queued' AND verrouille_jusqu IS NULL")[0].n;
  for (let second = 0; second < 30 && queued() > 0; second += 1) await wait(1_000);
  const { again } = duplicates(puits.letters, rejette);
  console.log(`${size.engine}: served again; ${again} mails left a second time, each with its Message-ID and its link`);
});
