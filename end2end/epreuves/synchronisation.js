// R1: on SQLite the write-ahead log is on the disk before the answer leaves. Looks at the system calls of one sign-up.
//   node epreuves/synchronisation.js [--sabotage=sync]
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { Formulaires, fill, send, signUp } from './scene/inscriptions.js';
import { engine } from './scene/moteurs.js';
import { Programme, wait } from './scene/programme.js';
import { exige, sizes, trial } from './scene/verdict.js';
import { Visiteur, connections } from './scene/visiteur.js';

const size = sizes({ sabotage: '' });
const CALLS = 'trace=fsync,fdatasync,write,writev,pwrite64,sendto,sendmsg';

/** The acts in a trace: the log written, the log synced, an answer sent. */
function acts(trace) {
  const found = [];
  for (const line of trace.split('\n')) {
    const [, at, call] = line.match(/^\d+ +([\d.]+) (.*)$/) ?? [];
    if (!call || call.startsWith('+++')) continue;
    if (/^pwrite64\(\d+<[^>]*iel\.db-wal>/.test(call)) found.push({ at, act: 'written' });
    // If the call of another thread comes between, the end of a call is on a line of its own.
    else if (/^(fsync|fdatasync)\(\d+<[^>]*iel\.db-wal>.*= 0$/.test(call)) found.push({ at, act: 'synced' });
    else if (/^(fsync|fdatasync)\(\d+<[^>]*iel\.db-wal>.*unfinished/.test(call)) found.push({ at, act: 'syncing', of: line.split(' ')[0] });
    else if (/^<\.\.\. (fsync|fdatasync) resumed.*= 0$/.test(call)) found.push({ at, act: 'resumed', of: line.split(' ')[0] });
    else if (/^(write|writev|sendto)\(.*"?HTTP\/1\.1 302/.test(call)) found.push({ at, act: 'answered' });
  }
  return found;
}

/** Waits until nothing has written to this file for 1.5 s: a job that is still at work would be taken for the sign-up. */
async function quiet(file) {
  let [last, since] = ['', Date.now()];
  while (Date.now() - since < 1_500) {
    const { mtimeMs, size: bytes } = statSync(file);
    if (`${mtimeMs} ${bytes}` !== last) [last, since] = [`${mtimeMs} ${bytes}`, Date.now()];
    await wait(100);
  }
}

await trial('the log is synced before the answer', async (clean) => {
  const base = await engine('sqlite', clean);
  const trace = path.join(base.folder, 'appels');
  // -y names files; -s is long enough for the head of an answer.
  const under = ['strace', '-f', '-y', '-ttt', '-s', '40', '-e', CALLS, '-o', trace];
  // The calls that sync are answered « done » without being made, and say so in the trace.
  if (size.sabotage === 'sync') under.push('-e', 'inject=fsync,fdatasync:retval=0');
  const programme = await Programme.in(base.folder, { IEL_DATABASE_URL: base.url }, under);
  await programme.start();
  // strace passes nothing on: the program itself is asked to stop, and strace ends with it.
  const stop = async () => {
    const [child] = readFileSync(`/proc/${programme.process.pid}/task/${programme.process.pid}/children`, 'utf8').split(' ');
    process.kill(Number(child), 'SIGTERM');
    await programme.ended;
  };
  clean(() => (programme.process.exitCode === null ? stop() : null));
  const forms = new Formulaires();
  const agent = connections(2);
  await signUp(new Visiteur(programme.url, agent), forms, 'premiere@exemple.example');
  await wait(1_500);

  const person = new Visiteur(programme.url, agent);
  await fill(person, forms, 'deuxieme@exemple.example');
  await quiet(path.join(base.folder, 'iel.db-wal'));
  const from = Date.now() / 1000;
  await send(person, forms);
  const to = Date.now() / 1000;
  await stop();

  const seen = acts(readFileSync(trace, 'utf8')).filter(({ at }) => Number(at) >= from - 0.001 && Number(at) <= to + 0.001);
  const answered = seen.findIndex(({ act }) => act === 'answered');
  const written = seen.findIndex(({ act }) => act === 'written');
  const said = seen.map(({ act }) => act).join(', ');
  exige(answered > 0, `the answer was not seen leaving (${said})`);
  exige(written >= 0 && written < answered, `nothing was written to the log before the answer (${said})`);
  // The last page written before the answer is followed by a sync that ends before it.
  const last = seen.slice(0, answered).findLastIndex(({ act }) => act === 'written');
  const synced = seen.slice(last, answered).some(({ act }) => act === 'synced' || act === 'resumed');
  exige(synced, `the answer left before the log was on the disk (${said})`);
  console.log(`one sign-up: ${said}`);
});
