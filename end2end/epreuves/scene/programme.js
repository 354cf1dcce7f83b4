// The release program as its operator sees it: started, killed, stopped, asked.
import { execFile, spawn } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import { get } from 'node:http';
import { once } from 'node:events';
import path from 'node:path';
import { place, program, root } from '../../serveur.js';
import { rejette } from './verdict.js';

export const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Every trial comes from one address, so the limits are off. */
const WITHOUT_LIMITS = Object.fromEntries(
  ['SIGNUP_PER_HOUR', 'LOGIN_PER_MINUTE', 'TOKEN_PER_MINUTE', 'SEARCH_PER_MINUTE', 'RESET_PER_HOUR'].map((name) => [
    `IEL_LIMITS__${name}`,
    '1000000000',
  ]),
);

/** The status of the answer to a short request, or 0 when nobody answers. */
export function status(url, path, milliseconds = 5_000) {
  return new Promise((resolve) => {
    const request = get(url + path, { agent: false, timeout: milliseconds }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(0));
  });
}

export class Programme {
  /**
   * Makes a program on a port of its own. `settings` are environment variables; `before` is a command that runs the
   * program.
   */
  static async in(folder, settings = {}, before = []) {
    const env = { ...(await place(folder)), ...WITHOUT_LIMITS, IEL_DECISIONS__HOLD_SECONDS: '0', ...settings };
    return new Programme(folder, env, before);
  }

  constructor(folder, env, before) {
    Object.assign(this, { folder, env, before, url: env.IEL_PUBLIC_URL, starts: 0 });
  }

  /** Starts it, and returns when it is ready to answer. */
  async start(seconds = 60) {
    const [file, ...rest] = [...this.before, program, 'serve'];
    this.log = path.join(this.folder, `journal-${process.pid}-${this.env.LEPTOS_SITE_ADDR.split(':')[1]}.log`);
    const log = createWriteStream(this.log, { flags: 'a' });
    await once(log, 'open');
    this.process = spawn(file, rest, { cwd: root, env: this.env, stdio: ['ignore', log, log] });
    log.end();
    this.starts += 1;
    this.ended = once(this.process, 'exit');
    let over = false;
    this.ended.then(() => (over = true));
    const until = performance.now() + seconds * 1000;
    while ((await status(this.url, '/readyz')) !== 200) {
      if (over) rejette(`the program ended instead of starting; its log is ${this.log}`);
      if (performance.now() > until) rejette(`the program is not ready after ${seconds} s; its log is ${this.log}`);
      await wait(20);
    }
  }

  /** Kills the process at once, as a power cut would. */
  async kill() {
    this.process.kill('SIGKILL');
    await this.ended;
  }

  /** Stops it. Returns how it ended: seconds, exit code. */
  async stop() {
    const begun = performance.now();
    this.process.kill('SIGTERM');
    const [code] = await this.ended;
    return { seconds: (performance.now() - begun) / 1000, code };
  }

  /** The memory that it holds, in MiB. */
  memory() {
    const status = readFileSync(`/proc/${this.process.pid}/status`, 'utf8');
    return Number(status.match(/^VmRSS:\s+(\d+)/m)[1]) / 1024;
  }

  /** Runs another command of the program beside the one that serves. */
  run(...args) {
    return new Promise((resolve) => {
      execFile(program, args, { cwd: root, env: this.env, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
        resolve({ code: error ? (error.code ?? 1) : 0, stdout, stderr });
      });
    });
  }

  async check(when) {
    const { code, stdout, stderr } = await this.run('check');
    if (code !== 0) rejette(`iel check is red ${when}:\n${stdout}${stderr}`);
    return stdout;
  }

  /** The link of an invitation. */
  async invite(email, role = 'gestionnaire', ...more) {
    const { stdout, stderr } = await this.run('invite', '--role', role, '--email', email, ...more);
    return stdout.match(/http\S+\/invitation\/\S+/)?.[0] ?? rejette(`no invitation: ${stdout}${stderr}`);
  }
}
