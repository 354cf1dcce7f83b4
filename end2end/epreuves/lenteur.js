// Doors: clients that send or read as slowly as they can take neither the time nor the connections of the others.
//   node epreuves/lenteur.js --sockets=1000 --seconds=90
import { connect } from 'node:net';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { quantile } from '../mesures/quantile.js';
import { program } from '../serveur.js';
import { Formulaires } from './scene/inscriptions.js';
import { engine } from './scene/moteurs.js';
import { Programme, wait } from './scene/programme.js';
import { exige, sizes, trial } from './scene/verdict.js';
import { Visiteur, connections } from './scene/visiteur.js';

const size = sizes({ sockets: 200, seconds: 45 });
/** One address may open 64 connections, so the clients come from as many addresses as they need. */
const PER_ADDRESS = 60;
const PAGES = ['/', '/inscription', '/aide', '/mot-de-passe-perdu'];
/**
 * How long each kind of slowness may last, in seconds: the time that the server gives, and a margin for a busy
 * machine.
 */
const LASTS = { head: 10 + 5, body: 15 + 5, unread: 30 + 5 };

class Lent {
  constructor(at, programme, file, form) {
    this.way = Object.keys(LASTS)[at % 3];
    this.from = `127.0.1.${1 + Math.floor(at / PER_ADDRESS)}`;
    Object.assign(this, { programme, file, form, longest: 0, ends: 0, over: false });
    this.open();
  }

  open() {
    const { port } = new URL(this.programme.url);
    const socket = connect({ port, host: '127.0.0.1', localAddress: this.from, noDelay: true });
    this.socket = socket;
    this.since = performance.now();
    const say = (text) => socket.writable && socket.write(text);
    const host = new URL(this.programme.url).host;
    let tick;
    socket.on('connect', () => {
      if (this.way === 'unread') {
        // More than the buffers of the two ends hold.
        socket.pause();
        say(`GET ${this.file} HTTP/1.1\r\nhost: ${host}\r\n\r\n`.repeat(20));
        return;
      }
      say(this.way === 'head' ? 'GET / HTTP/1.1\r\n' : `POST ${this.form} HTTP/1.1\r\nhost: ${host}\r\nsec-fetch-site: same-origin\r\ncontent-length: 4000\r\n\r\n`);
      tick = setInterval(() => say('x'), 1_000);
    });
    socket.on('error', () => {});
    // A client that sends slowly reads its answer, which says that the server gave up.
    if (this.way !== 'unread') socket.resume();
    socket.on('close', () => {
      clearInterval(tick);
      clearInterval(this.watch);
      this.longest = Math.max(this.longest, performance.now() - this.since);
      this.ends += 1;
      if (!this.over) setTimeout(() => this.over || this.open(), 50);
    });
    // A socket that does not read only learns of its end by writing.
    if (this.way === 'unread') this.watch = setInterval(() => say('G'), 1_000);
  }

  /** The age of its last connection or of its longest one, in seconds. */
  age() {
    return Math.max(this.longest, this.socket.destroyed ? 0 : performance.now() - this.since) / 1000;
  }

  end() {
    this.over = true;
    this.socket.destroy();
  }
}

/** The milliseconds of each of these pages, one every tenth of a second, on connections of their own. */
async function visits(programme, seconds, wrong) {
  const times = [];
  const until = performance.now() + seconds * 1000;
  const under = [];
  for (let at = 0; performance.now() < until; at += 1) {
    const begun = performance.now();
    const visiteur = new Visiteur(programme.url, false);
    under.push(
      visiteur.get(PAGES[at % PAGES.length]).then(
        ({ status }) => (status === 200 ? times.push(performance.now() - begun) : wrong.push(status)),
        (error) => wrong.push(error.message),
      ),
    );
    await wait(100);
  }
  await Promise.all(under);
  return times;
}

await trial(`${size.sockets} slow clients`, async (clean) => {
  const base = await engine('sqlite', clean);
  const programme = await Programme.in(base.folder, { IEL_DATABASE_URL: base.url, RUST_LOG: 'warn' });
  await programme.start();
  clean(() => programme.kill());
  const pkg = path.join(path.dirname(program), '../site/pkg');
  const file = `/pkg/${readdirSync(pkg).find((name) => /^iel\..*wasm$/.test(name))}`;
  const form = await new Formulaires().of(new Visiteur(programme.url, connections(1)), '/', 'Se connecter');
  const wrong = [];
  const idle = await visits(programme, 5, wrong);
  const slow = Array.from({ length: size.sockets }, (_, at) => new Lent(at, programme, file, form));
  clean(() => slow.forEach((one) => one.end()));
  await wait(1_000);
  const times = await visits(programme, size.seconds, wrong);

  const p95 = (all) => quantile(all, 0.95).toFixed(1);
  for (const [way, most] of Object.entries(LASTS)) {
    const these = slow.filter((one) => one.way === way);
    const oldest = Math.max(...these.map((one) => one.age()));
    const ends = these.reduce((sum, one) => sum + one.ends, 0);
    console.log(`${way}: ${these.length} at a time, ended ${ends} times by the server, the longest after ${oldest.toFixed(1)} s`);
    exige(size.seconds < most || oldest <= most, `a client slow by its ${way} was kept ${oldest.toFixed(1)} s`);
  }
  exige(wrong.length === 0, `${wrong.length} of ${times.length + wrong.length} visits did not get their page: ${wrong.slice(0, 3)}`);
  console.log(`${times.length} visits: p95 ${p95(times)} ms, ${p95(idle)} ms before the slow ones came`);
  exige(quantile(times, 0.95) < 2_000, `with ${size.sockets} slow clients a page takes ${p95(times)} ms`);
});
