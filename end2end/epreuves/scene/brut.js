// A client that sends exactly the bytes it is given, which node's own refuses to do.
import { connect } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

/** How long an answer may take, in milliseconds. */
export const WITHIN = 10_000;
const TICK = 500;

/** A request longer than this may be answered before it was read. */
export const WHOLE = 8 * 1024;

const END = Buffer.from('\r\n\r\n');

const EXPAND = { br: brotliDecompressSync, gzip: gunzipSync };

/** The parts of an answer once it is whole, or null; `ended` when the other side has closed. */
function parse(bytes, method, ended) {
  const head = bytes.indexOf(END);
  if (head < 0) return null;
  const [first, ...lines] = bytes.subarray(0, head).toString('latin1').split('\r\n');
  const headers = lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]);
  const one = (name) => headers.find(([known]) => known === name)?.[1];
  const status = Number(first.split(' ')[1]);
  const after = head + END.length;
  // « Go on »: the answer is still to come.
  if (status < 200) return parse(bytes.subarray(after), method, ended);
  const answer = { status, headers, one, closes: one('connection') === 'close' };
  const text = (content) => (EXPAND[one('content-encoding')]?.(content) ?? content).toString();
  if (method === 'HEAD' || status === 204 || status === 304) return { ...answer, body: '' };
  if (one('transfer-encoding') !== 'chunked') {
    const length = Number(one('content-length') ?? (ended ? bytes.length - after : Infinity));
    return bytes.length - after < length ? null : { ...answer, body: text(bytes.subarray(after, after + length)) };
  }
  const pieces = [];
  for (let at = after; ; ) {
    const line = bytes.indexOf('\r\n', at);
    if (line < 0) return null;
    const size = Number.parseInt(bytes.subarray(at, line).toString('latin1'), 16);
    if (bytes.length < line + 2 + size + 2) return null;
    if (size === 0) return { ...answer, body: text(Buffer.concat(pieces)) };
    pieces.push(bytes.subarray(line + 2, line + 2 + size));
    at = line + 2 + size + 2;
  }
}

/** One connection at a time, opened again when the other side closes it. */
export class Brut {
  constructor(port) {
    Object.assign(this, { port, socket: null });
  }

  /** The answer, or `{ status: 0 }` when the connection ended without one; rejects when there is none in time. */
  async send(method, bytes) {
    // The other side may have closed a kept connection meanwhile. A request that was not read is sent again, once.
    const kept = this.socket !== null;
    const answer = await this.once(method, bytes);
    return answer.status === 0 && kept ? this.once(method, bytes) : answer;
  }

  open() {
    const socket = connect({ port: this.port, host: '127.0.0.1', noDelay: true });
    // The other side may close it at any time, also between two requests.
    socket.on('close', () => {
      if (this.socket === socket) this.socket = null;
    });
    socket.on('error', () => {});
    return socket;
  }

  once(method, bytes) {
    const socket = (this.socket ??= this.open());
    const begun = performance.now();
    return new Promise((resolve, reject) => {
      const pieces = [];
      const end = (answer) => {
        clearInterval(late);
        socket.off('data', read).off('close', closed);
        // The server refused this request before it was whole, and would take the rest for the next request.
        if (!answer || answer.closes || bytes.length > WHOLE) this.close();
        resolve({ ...(answer ?? { status: 0, headers: [], one: () => undefined, body: '' }), took: performance.now() - begun });
      };
      const read = (piece) => {
        pieces.push(piece);
        const answer = parse(Buffer.concat(pieces), method, false);
        if (answer) end(answer);
      };
      const closed = () => end(parse(Buffer.concat(pieces), method, true));
      // A machine that stood still fires the timer before it hands over what had come: that time is not the server's.
      let seen = performance.now();
      let left = WITHIN;
      const late = setInterval(() => {
        left -= Math.min(performance.now() - seen, 2 * TICK);
        seen = performance.now();
        if (left > 0) return;
        socket.off('data', read).off('close', closed);
        clearInterval(late);
        this.close();
        reject(new Error(`no answer within ${WITHIN / 1000} s`));
      }, TICK);
      socket.on('data', read).on('close', closed);
      socket.write(bytes);
    });
  }

  close() {
    this.socket?.destroy();
    this.socket = null;
  }
}
