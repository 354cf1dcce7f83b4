// Starts what the journeys need: the release build on a fresh database, and a real SMTP server that keeps its mails.
import { spawn, execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { startMailbox } from './courriel.js';

export const root = path.resolve(import.meta.dirname, '..');
export const program = process.env.E2E_PROGRAM ?? path.join(root, 'target/release/iel');

export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answers(url) {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const response = await fetch(url).catch(() => null);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${url} does not answer`);
}

/** The folder of a server, and a port of its own. */
export async function place(folder) {
  const port = await freePort();
  return {
    ...process.env,
    LEPTOS_SITE_ADDR: `127.0.0.1:${port}`,
    IEL_PUBLIC_URL: `http://127.0.0.1:${port}`,
    IEL_DATABASE_URL: `sqlite://${folder}/iel.db`,
    IEL_MAIL_URL: `file:${folder}/courriels`,
    IEL_SECRET_KEY_FILE: `${folder}/cle-secrete`,
  };
}

/** Starts a server at its place, and gives what stops it. `output`: what becomes of its words. */
export async function serve(env, output = 'inherit') {
  const server = spawn(program, ['serve'], { cwd: root, env, stdio: ['ignore', output, output] });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  await answers(`http://${env.LEPTOS_SITE_ADDR}/readyz`);
  return async () => {
    server.kill('SIGTERM');
    await ended;
  };
}

/** Another server, on a database filled with invented accounts. `more`: further arguments of `iel demo`. */
export async function demonstration(comptes, more = []) {
  const folder = await mkdtemp(path.join(tmpdir(), 'iel-demo-'));
  const env = { ...(await place(folder)), IEL_DECISIONS__HOLD_SECONDS: '120', IEL_PREINSCRIPTION__ACTIVE: 'true' };
  await promisify(execFile)(program, ['demo', '--comptes', String(comptes), ...more], { cwd: root, env });
  const stop = await serve(env);
  return {
    url: env.IEL_PUBLIC_URL,
    invite: (email, role) => invite(email, role, env),
    stop: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export default async function start() {
  const folder = await mkdtemp(path.join(tmpdir(), 'iel-'));
  const mailbox = await startMailbox();
  const env = {
    ...(await place(folder)),
    ...(process.env.E2E_DATABASE_URL ? { IEL_DATABASE_URL: process.env.E2E_DATABASE_URL } : {}),
    IEL_MAIL_URL: `smtp://127.0.0.1:${mailbox.smtpPort}?tls=none`,
    // A held decision lasts long enough to be seen, and short enough to wait for.
    IEL_DECISIONS__HOLD_SECONDS: '2',
    IEL_PREINSCRIPTION__ACTIVE: 'true',
    // Every journey comes from one address, so the limits are high.
    IEL_LIMITS__SIGNUP_PER_HOUR: '1000',
    IEL_LIMITS__LOGIN_PER_MINUTE: '1000',
    IEL_LIMITS__TOKEN_PER_MINUTE: '1000',
    IEL_LIMITS__SEARCH_PER_MINUTE: '1000',
    IEL_LIMITS__RESET_PER_HOUR: '1000',
  };
  const stop = await serve(env);

  process.env.E2E_URL = env.IEL_PUBLIC_URL;
  process.env.E2E_MAILBOX = mailbox.url;
  process.env.E2E_STATES = path.join(folder, 'states');
  await writeFile(process.env.E2E_STATES, '');
  for (const [name, value] of Object.entries(env)) {
    if (name.startsWith('IEL_') || name.startsWith('LEPTOS_')) process.env[name] = value;
  }
  return async () => {
    await stop();
    await mailbox.stop();
    const states = (await readFile(process.env.E2E_STATES, 'utf8')).split('\n').filter(Boolean);
    if (states.length > 0) console.log(`axe: ${states.length} checks passed, in ${new Set(states).size} different states`);
    await rm(folder, { recursive: true, force: true });
  };
}

/** Invites someone of the staff on the command line, and gives the link it prints. */
export async function invite(email, role = 'gestionnaire', env = process.env, collectivite = null) {
  const run = promisify(execFile);
  const place = collectivite ? ['--collectivite', collectivite] : [];
  const { stdout } = await run(program, ['invite', '--role', role, '--email', email, ...place], { cwd: root, env });
  const link = stdout.match(/http\S+\/invitation\/\S+/)?.[0];
  if (!link) throw new Error(`no link in: ${stdout}`);
  return link;
}
