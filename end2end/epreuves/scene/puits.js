// An SMTP server that keeps what matters of each mail, and that fails as it is told.
import { createServer } from 'node:net';

/** Decodes the first text part, quoted-printable or base64. */
function text(raw) {
  const part = raw.slice(raw.search(/content-type: text\/plain/i));
  const [head, ...rest] = part.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n').split('\r\n--')[0];
  if (/base64/i.test(head)) return Buffer.from(body, 'base64').toString();
  if (!/quoted-printable/i.test(head)) return body;
  const bytes = body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}

function letter(raw, to, at) {
  const link = text(raw).match(/^https?:\/\/\S+$/m)?.[0] ?? null;
  return { id: raw.match(/^message-id: <(.*)>/im)[1], to, link, at };
}

/**
 * `faults` says what happens to an act of a client (`connect`, `auth`, `rcpt`, `data`, `end`) and to whom. The
 * answers are: nothing, `drop` (the connection ends), `hang` (no answer), milliseconds to wait, or the words to say.
 */
export class Puits {
  constructor({ faults = () => null, offers = [] } = {}) {
    Object.assign(this, { faults, offers, letters: [], tries: [], sockets: new Set() });
  }

  async listen(port = 0) {
    this.server = createServer((socket) => this.serve(socket));
    await new Promise((resolve, reject) => this.server.once('error', reject).listen(port, '127.0.0.1', resolve));
    this.port = this.server.address().port;
    return this;
  }

  get url() {
    return `smtp://127.0.0.1:${this.port}?tls=none`;
  }

  /** Stops listening: every new client is refused. */
  async close() {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  serve(socket) {
    this.sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.on('close', () => this.sockets.delete(socket));
    const state = { pending: '', to: null, inData: false, queue: Promise.resolve() };
    socket.on('data', (piece) => {
      state.queue = state.queue.then(() => this.read(socket, state, piece)).catch(() => socket.destroy());
    });
    state.queue = this.answer(socket, 'connect', null, '220 puits ESMTP').then(() => {});
  }

  /** `false` when the connection goes no further. */
  async answer(socket, act, to, usual, fault = this.faults(act, to)) {
    if (fault === 'drop') socket.destroy();
    if (fault === 'hang') await new Promise((resolve) => socket.once('close', resolve));
    if (typeof fault === 'number') await new Promise((resolve) => setTimeout(resolve, fault));
    if (socket.destroyed) return false;
    const said = typeof fault === 'string' ? fault : usual;
    socket.write(`${said}\r\n`);
    return said === usual;
  }

  async read(socket, state, piece) {
    state.pending += piece.toString('latin1');
    for (;;) {
      const mark = state.inData ? '\r\n.\r\n' : '\r\n';
      const end = state.pending.indexOf(mark);
      if (end < 0 || socket.destroyed) return;
      const said = state.pending.slice(0, end);
      state.pending = state.pending.slice(end + mark.length);
      if (state.inData) await this.keep(socket, state, said);
      else await this.command(socket, state, said);
    }
  }

  /** Keeps the mail before it acknowledges it: a fault at `end` falls between the two. */
  async keep(socket, state, raw) {
    state.inData = false;
    const { to } = state;
    const fault = this.faults('end', to);
    if (typeof fault !== 'string' || fault === 'drop' || fault === 'hang') {
      // A line that begins with a dot travels with two (RFC 5321, section 4.5.2).
      this.letters.push(letter(raw.replaceAll('\r\n..', '\r\n.'), to, Date.now()));
    }
    await this.answer(socket, 'end', to, '250 2.0.0 Pris', fault);
  }

  async command(socket, state, line) {
    const word = line.slice(0, 4).toUpperCase();
    const say = (text) => socket.write(`${text}\r\n`);
    if (word === 'EHLO') {
      say(['puits', ...this.offers].map((offer, at, all) => `250${at === all.length - 1 ? ' ' : '-'}${offer}`).join('\r\n'));
    } else if (word === 'AUTH') {
      await this.answer(socket, 'auth', null, '235 2.7.0 Entrez');
    } else if (word === 'RCPT') {
      state.to = line.match(/<(.*?)>/)[1];
      this.tries.push({ to: state.to, at: Date.now() });
      await this.answer(socket, 'rcpt', state.to, '250 2.1.5 Oui');
    } else if (word === 'DATA') {
      state.inData = await this.answer(socket, 'data', state.to, '354 Allez');
    } else if (word === 'QUIT') {
      say('221 2.0.0 Au revoir');
      socket.end();
    } else {
      say('250 2.0.0 Bien');
    }
  }
}

/**
 * Letters with the same identifier must have the same recipient and the same link. Returns how many came more than
 * once.
 */
export function duplicates(letters, reject) {
  const seen = new Map();
  let again = 0;
  for (const mail of letters) {
    const first = seen.get(mail.id);
    if (!first) seen.set(mail.id, mail);
    else if (first.link !== mail.link || first.to !== mail.to) reject(`two different mails carry the Message-ID ${mail.id}`);
    else again += 1;
  }
  return { again, seen };
}
