// R1, R2, R3: the program is killed at random moments while people sign up, activate and are decided upon. Nothing
// acknowledged is missing, no mail is lost, and a mail sent twice is the same both times.
//   node epreuves/coupures.js --engine=sqlite|postgres --kills=200 --signups=25000 [--clients=8] [--settle=330]
//     [--sabotage=wal|mail]
import { rmSync } from 'node:fs';
import { SIDE_BY_SIDE, audit } from './scene/constats.js';
import { Foule } from './scene/foule.js';
import { engine } from './scene/moteurs.js';
import { Programme, wait } from './scene/programme.js';
import { Puits } from './scene/puits.js';
import { sizes, trial } from './scene/verdict.js';

const size = sizes({ engine: 'sqlite', kills: 3, signups: 90, clients: 8, settle: 0, sabotage: '' });

await trial(`kill -9 on ${size.engine}`, async (clean) => {
  const base = await engine(size.engine, clean);
  const puits = await new Puits().listen();
  clean(() => puits.close());
  const programme = await Programme.in(base.folder, { IEL_DATABASE_URL: base.url, IEL_MAIL_URL: puits.url });
  await programme.start();
  clean(() => programme.kill());

  const foule = new Foule(programme, puits, size.clients);
  await foule.begin();
  const begun = performance.now();
  for (let kill = 1; kill <= size.kills; kill += 1) {
    // The kills are spread over the sign-ups; chance picks their exact moments.
    const share = (size.signups * kill) / (size.kills + 1);
    await foule.reach(share * (0.7 + 0.3 * Math.random()), 60);
    await wait(Math.random() * 100);
    foule.interrupted();
    await programme.kill();
    if (size.sabotage === 'wal') rmSync(`${base.file}-wal`, { force: true });
    await programme.start();
    foule.resume();
    await programme.check(`after kill ${kill}`);
    const rate = foule.ledger.size / ((performance.now() - begun) / 1000);
    console.log(`${size.engine}: kill ${kill}/${size.kills}, ${foule.said()}, ${puits.letters.length} letters, ${rate.toFixed(0)} a second`);
  }
  await foule.reach(size.signups, 600);
  await foule.end();

  // A mail that was being sent at the kill comes back when its lease ends, five minutes later. `settle` seconds more
  // wait for that.
  const queued = (which) => base.rows(`SELECT count(*) AS n FROM courriel WHERE etat = 'queued' ${which}`)[0].n;
  for (let second = 0; second < 60 && queued('AND verrouille_jusqu IS NULL') > 0; second += 1) await wait(1_000);
  for (let second = 0; second < size.settle && queued('') > 0; second += 1) await wait(1_000);
  await programme.stop();
  if (size.sabotage === 'mail') puits.letters.splice(puits.letters.length / 2, 1);
  console.log(`${size.engine}: ${foule.said()}; ${audit(base, foule.ledger, puits.letters, SIDE_BY_SIDE * (size.kills + 1))}`);
  await programme.start();
  await programme.check('at the end');
});
