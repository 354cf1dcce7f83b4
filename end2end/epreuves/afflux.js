// Doors: hundreds of logins at once cost only the memory of the few hashes computed together, and other pages go on.
//   node epreuves/afflux.js --logins=500 --seconds=20 --ratio=2
import { readFileSync } from 'node:fs';
import { availableParallelism, setPriority } from 'node:os';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { quantile } from '../mesures/quantile.js';
import { Formulaires } from './scene/inscriptions.js';
import { engine } from './scene/moteurs.js';
import { Programme, wait } from './scene/programme.js';
import { exige, sizes, trial } from './scene/verdict.js';
import { Visiteur, connections } from './scene/visiteur.js';

/** One argon2id hash, in MiB: OWASP's floor. */
const HASH = 19;
/** The memory that hundreds of connections and the allocator may add, in MiB. */
const BESIDE = 32;
const PAGES = ['/', '/inscription', '/aide', '/mot-de-passe-perdu'];

/** So many people log in at once, and again a second after they are answered. Says how each login was answered. */
async function flood({ url, form, logins, seconds }) {
  const agent = connections(logins);
  const until = performance.now() + seconds * 1000;
  const answers = {};
  let slowest = 0;
  await Promise.all(
    Array.from({ length: logins }, async (_, at) => {
      for (let turn = 0; turn === 0 || performance.now() < until; turn += 1) {
        const visiteur = new Visiteur(url, agent);
        visiteur.from = `198.51.${at >> 8}.${at & 255}`;
        const begun = performance.now();
        const fields = { espace: 'agent', courriel: `p${at}.${turn}@exemple.example`, mot_de_passe: 'quatre mots de passe faux' };
        const { status, location } = await visiteur.post(form, fields);
        slowest = Math.max(slowest, performance.now() - begun);
        const said = `${status} ${location.match(/erreur=([a-z]+)/)?.[1] ?? ''}`.trim();
        answers[said] = (answers[said] ?? 0) + 1;
        // Nobody types a password again faster.
        await wait(500 + Math.random() * 1_000);
      }
    }),
  );
  return { answers, slowest };
}

/** Resident memory of the program, in MiB: now, and at its highest. */
function memory(programme) {
  const status = readFileSync(`/proc/${programme.process.pid}/status`, 'utf8');
  const of = (name) => Number(status.match(new RegExp(`${name}:\\s+(\\d+)`))[1]) / 1024;
  return { now: of('VmRSS'), highest: of('VmHWM') };
}

/** The milliseconds of each page, asked for one after the other while `going` says so. */
async function visits(programme, going) {
  const visiteur = new Visiteur(programme.url, connections(1));
  const times = [];
  for (let at = 0; going(); at += 1) {
    const begun = performance.now();
    const { status } = await visiteur.get(PAGES[at % PAGES.length]);
    exige(status === 200, `${PAGES[at % PAGES.length]} is answered ${status}`);
    times.push(performance.now() - begun);
    await wait(5);
  }
  return times;
}

async function run() {
  const size = sizes({ logins: 500, seconds: 4, ratio: 20 });
  await trial(`${size.logins} logins at once`, async (clean) => {
    const base = await engine('sqlite', clean);
    // The program stands behind a proxy, as in service: many persons share the proxy's address.
    const settings = { IEL_DATABASE_URL: base.url, IEL_TRUSTED_PROXIES: '127.0.0.1', RUST_LOG: 'warn' };
    const programme = await Programme.in(base.folder, settings);
    await programme.start();
    clean(() => programme.kill());
    const form = await new Formulaires().of(new Visiteur(programme.url, connections(1)), '/', 'Se connecter');
    const until = performance.now() + size.seconds * 1000;
    const idle = await visits(programme, () => performance.now() < until);
    const { highest: before } = memory(programme);

    const worker = new Worker(import.meta.filename, { workerData: { url: programme.url, form, ...size } });
    let told = null;
    const ended = new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
    ended.then((said) => (told = said), () => {});
    const times = await visits(programme, () => told === null);
    const { answers, slowest } = await ended;
    const { highest } = memory(programme);

    // One core is left to everything else.
    const permits = Math.max(1, availableParallelism() - 1);
    const p99 = (all) => quantile(all, 0.99);
    console.log(`answers: ${JSON.stringify(answers)}, the slowest in ${(slowest / 1000).toFixed(1)} s`);
    console.log(`memory: ${before.toFixed(0)} MiB before, ${highest.toFixed(0)} at its highest, ${permits} hashes of ${HASH} MiB at a time`);
    console.log(`${times.length} pages meanwhile: p50 ${quantile(times, 0.5).toFixed(1)} ms, p99 ${p99(times).toFixed(1)} ms; idle ${quantile(idle, 0.5).toFixed(1)} and ${p99(idle).toFixed(1)} ms; p99 × ${(p99(times) / p99(idle)).toFixed(2)}`);
    const known = Object.keys(answers).every((said) => ['302 identifiants', '302 occupe', '302 indisponible'].includes(said));
    exige(known, `a login is answered ${JSON.stringify(answers)}`);
    exige(highest - before <= permits * HASH + BESIDE, `memory grew by ${(highest - before).toFixed(0)} MiB`);
    exige(slowest < 5_000, `a login waited ${(slowest / 1000).toFixed(1)} s for its answer`);
    exige(p99(times) <= size.ratio * p99(idle), `pages take ${(p99(times) / p99(idle)).toFixed(1)} times as long`);
  });
}

if (isMainThread) {
  await run();
} else {
  // The crowd itself is not measured: like the hashes, its process gets the processor after the pages.
  setPriority(5);
  parentPort.postMessage(await flood(workerData));
}
