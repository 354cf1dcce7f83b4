// R5: PostgreSQL goes away and comes back. Meanwhile requests are answered 503 within two seconds, /readyz is red,
// and /healthz is green. Then the program serves again by itself, with all it had acknowledged.
//   node epreuves/panne.js --rounds=3
import { audit } from './scene/constats.js';
import { Formulaires, acknowledged, fill, isUnavailable, send, signUp } from './scene/inscriptions.js';
import { engine } from './scene/moteurs.js';
import { Programme, status, wait } from './scene/programme.js';
import { Puits } from './scene/puits.js';
import { exige, sizes, trial } from './scene/verdict.js';
import { Visiteur, connections } from './scene/visiteur.js';

const size = sizes({ rounds: 2, people: 24 });
/** The promise, plus a margin for a loaded machine, in milliseconds. */
const WITHIN = 2_000 + 750;
const agent = connections(32);

const timed = async (asked) => {
  const begun = performance.now();
  const answer = await asked;
  return { answer, took: performance.now() - begun };
};

await trial('PostgreSQL away', async (clean) => {
  const base = await engine('postgres', clean);
  const puits = await new Puits().listen();
  clean(() => puits.close());
  const programme = await Programme.in(base.folder, { IEL_DATABASE_URL: base.url, IEL_MAIL_URL: puits.url });
  await programme.start();
  clean(() => programme.process.kill('SIGKILL'));
  const forms = new Formulaires();
  const ledger = new Map();
  let serial = 0;
  await signUp(new Visiteur(programme.url, agent), forms, 'zero@exemple.example', true);

  for (let round = 1; round <= size.rounds; round += 1) {
    const people = Array.from({ length: size.people }, () => ({ visiteur: new Visiteur(programme.url, agent), courriel: `p${(serial += 1)}@exemple.example` }));
    await Promise.all(people.map(({ visiteur, courriel }) => fill(visiteur, forms, courriel)));
    base.cluster.halt();
    let slowest = 0;
    // All at once, and again: the first requests find broken connections, the next ones find none.
    for (const _ of [1, 2]) {
      const asked = people.map(({ visiteur }) => timed(send(visiteur, forms).then(() => ({ status: 200 }), (error) => error)));
      for (const { answer, took } of await Promise.all(asked)) {
        exige(isUnavailable(answer), `without its database: ${answer.message ?? 'a success'}`);
        slowest = Math.max(slowest, took);
      }
      const ready = await timed(status(programme.url, '/readyz'));
      exige(ready.answer === 503, `without its database /readyz is ${ready.answer}`);
      slowest = Math.max(slowest, ready.took);
      exige((await status(programme.url, '/healthz')) === 200, 'without its database /healthz is not green');
    }
    exige(slowest < WITHIN, `without its database an answer took ${slowest.toFixed(0)} ms`);
    const { answer: page, took } = await timed(people[0].visiteur.get('/inscription/validation'));
    exige(page.status === 503 && page.html.includes('momentanément indisponible'), `without its database a page is answered ${page.status}`);
    exige(took < WITHIN, `without its database a page took ${took.toFixed(0)} ms`);
    base.cluster.resume();
    const back = performance.now();
    while ((await status(programme.url, '/readyz')) !== 200) {
      exige(performance.now() - back < 15_000, 'the program does not come back with its database');
      await wait(50);
    }
    const recovered = performance.now() - back;
    await Promise.all(
      people.map(async ({ visiteur, courriel }) => {
        await send(visiteur, forms);
        ledger.set(await acknowledged(visiteur), { courriel });
      }),
    );
    console.log(`round ${round}: ${2 * size.people} requests at 503, the slowest in ${slowest.toFixed(0)} ms; back in ${recovered.toFixed(0)} ms`);
  }
  exige(ledger.size === serial && programme.starts === 1, 'somebody could not go on');
  await wait(3_000);
  await programme.stop();
  console.log(audit(base, ledger, puits.letters, size.rounds * 8));
});
