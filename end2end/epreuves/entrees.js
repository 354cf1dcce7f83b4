// Bad input: requests right and wrong to every route and function, as every kind of caller, in any number. No answer
// is 5xx or late, and the program neither stops nor grows. No sent value becomes a part of a page or a header.
//   node epreuves/entrees.js --engine=sqlite|postgres --requests=100000 --seed=1
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Appelants, kinds } from './scene/appelants.js';
import { Brut, WHOLE } from './scene/brut.js';
import { MARK } from './scene/hostile.js';
import { engine } from './scene/moteurs.js';
import { Programme } from './scene/programme.js';
import { Puits } from './scene/puits.js';
import { check, proven } from './scene/reponses.js';
import { requests, wire } from './scene/requetes.js';
import { exige, rejette, sizes, trial } from './scene/verdict.js';

const size = sizes({ engine: 'sqlite', requests: 3_000, seed: Date.now() % 2 ** 31, lanes: 4 });
/** After so many requests of a lane, dead callers are replaced. */
const REVIVE = 100;
/** The first requests fill caches. In a run that is not much longer, the memory is told but not judged. */
const WARM = 10_000;
/**
 * How much the program may grow between the first third and the last, in MiB or as a share. The caches of its
 * database connections fill up slowly, and the allocator keeps the memory that it was once given. One kilobyte lost
 * at each of 100,000 requests would be twice that.
 */
const GROWTH = { mebibytes: 32, share: 0.1 };

const middle = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** The request as a person can read it and send it again. */
function told(request, cookies) {
  const text = JSON.stringify(wire(request, '127.0.0.1', cookies && '…').toString('latin1').slice(0, 3_000));
  return `as ${request.kind}: ${text}${request.content.more ? ` and ${request.content.more} more bytes` : ''}`;
}

await trial(`bad input on ${size.engine}, ${size.requests} requests, --seed=${size.seed}`, async (clean) => {
  proven();
  const base = await engine(size.engine, clean);
  const puits = await new Puits().listen();
  clean(() => puits.close());
  const settings = { IEL_DATABASE_URL: base.url, IEL_MAIL_URL: puits.url, IEL_HTTP__TRUSTED_PROXIES: '127.0.0.1' };
  const programme = await Programme.in(base.folder, settings);
  await programme.start();
  clean(() => programme.process.kill('SIGKILL'));
  const { port, host } = new URL(programme.url);
  const appelants = new Appelants(programme, puits);
  await appelants.revive();
  const any = requests(await appelants.known(), kinds);

  // A request may have paused the mails, and a new caller waits for one.
  const resume = () => appelants.of.administrateur.post('/api/resume_courriels', {});
  const seen = { sent: 0, slowest: 0, statuses: {}, memory: [] };
  const every = Math.max(1, Math.floor(size.requests / 200));
  const ask = async (brut, request) => {
    const bytes = wire(request, host, appelants.cookies(request.kind));
    const answer = await brut.send(request.method, bytes);
    seen.sent += 1;
    if (seen.sent % every === 0) seen.memory.push(programme.memory());
    if (size.requests >= 20_000 && seen.sent % 10_000 === 0) console.log(`${seen.sent} sent, ${programme.memory().toFixed(0)} MiB`);
    seen.slowest = Math.max(seen.slowest, answer.took);
    seen.statuses[answer.status] = (seen.statuses[answer.status] ?? 0) + 1;
    check(answer, bytes.length > WHOLE, request.target);
  };
  const lane = async (at) => {
    const brut = new Brut(Number(port));
    let turn = 0;
    const property = fc.asyncProperty(any, (request) => ask(brut, request));
    property.beforeEach(async () => {
      if (at !== 0 || (turn += 1) % REVIVE !== 0) return;
      await resume();
      await appelants.revive();
    });
    const numRuns = Math.ceil(size.requests / size.lanes);
    const run = await fc.check(property, { seed: size.seed + at, numRuns, skipEqualValues: false });
    brut.close();
    if (run.failed) rejette(`${run.errorInstance?.message ?? 'it could not go on'}\n${told(run.counterexample[0], appelants.cookies(run.counterexample[0].kind))}`);
  };
  await Promise.all(Array.from({ length: size.lanes }, (_, at) => lane(at)));

  exige(programme.process.exitCode === null && programme.starts === 1, 'the program ended');
  await appelants.revive();
  await resume();
  await programme.stop();
  await programme.check('after bad input');
  const log = readFileSync(programme.log, 'utf8');
  const wrong = log.split('\n').filter((line) => line.includes('a panic') || line.includes(' ERROR '));
  exige(wrong.length === 0, `the log tells ${wrong.length} errors, the first: ${wrong[0]}`);
  exige(!log.includes(MARK), 'the log holds what was sent');

  const judged = size.requests >= 3 * WARM;
  const steady = seen.memory.slice(judged ? Math.floor(WARM / every) : 0);
  const third = Math.floor(steady.length / 3);
  const [first, last] = [middle(steady.slice(0, third)), middle(steady.slice(-third))];
  const most = first + Math.max(GROWTH.mebibytes, first * GROWTH.share);
  exige(!judged || last <= most, `the program holds ${last.toFixed(0)} MiB in the last third and ${first.toFixed(0)} in the first`);
  const statuses = Object.entries(seen.statuses).map(([status, many]) => `${many} × ${status}`).join(', ');
  console.log(`${seen.sent} requests: ${statuses}; the slowest in ${seen.slowest.toFixed(0)} ms; ${appelants.renewed} callers renewed`);
  console.log(`memory: ${first.toFixed(0)} MiB in the first third, ${last.toFixed(0)} in the last${judged ? '' : ', of a run too short to judge it'}`);
});
