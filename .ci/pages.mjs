#!/usr/bin/env node
// What a public page weighs before its program: its HTML and the style sheet, as a browser gets them compressed. One
// flight of ten packets carries 14 kB, so such a page is drawn after one round trip.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const BUDGET = 14_000;
const PAGES = ['/', '/inscription', '/inscription/service-rh', '/mot-de-passe-perdu', '/suivi', '/aide', '/accessibilite',
  '/donnees-personnelles', '/mentions-legales', '/plan-du-site', '/gestion/connexion', '/rien-ici'];

const root = path.join(import.meta.dirname, '..');
const folder = mkdtempSync(path.join(tmpdir(), 'iel-pages-'));
const port = await new Promise((resolve) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});
const env = {
  ...process.env,
  LEPTOS_SITE_ADDR: `127.0.0.1:${port}`,
  IEL_PUBLIC_URL: `http://127.0.0.1:${port}`,
  IEL_DATABASE_URL: `sqlite://${folder}/iel.db`,
  IEL_MAIL_URL: `file:${folder}/courriels`,
  IEL_SECRET_KEY_FILE: `${folder}/cle-secrete`,
};
const server = spawn(path.join(root, 'target/release/iel'), ['serve'], { cwd: root, env, stdio: 'ignore' });

/** The compressed size of an answer, in bytes, and the answer if it is small. */
function weigh(address) {
  return new Promise((resolve, reject) => {
    const headers = { 'accept-encoding': 'br', accept: 'text/html' };
    get(`http://127.0.0.1:${port}${address}`, { headers }, (response) => {
      const pieces = [];
      response.on('data', (piece) => pieces.push(piece));
      response.on('end', () => resolve({ size: Buffer.concat(pieces).length, coding: response.headers['content-encoding'] }));
    }).on('error', reject);
  });
}

try {
  const end = Date.now() + 120_000;
  for (;;) {
    const up = await weigh('/readyz').catch(() => null);
    if (up) break;
    if (Date.now() > end) throw new Error('the program does not answer');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const style = (await weigh(`/pkg/${process.argv[2]}`)).size;
  let worst = { size: 0 };
  for (const page of PAGES) {
    const { size, coding } = await weigh(page);
    if (coding !== 'br') throw new Error(`${page} does not come compressed`);
    if (size + style > worst.size) worst = { size: size + style, page };
  }
  console.log(`${String(worst.size).padStart(8)} bytes of ${BUDGET}, of which ${style} of style: ${worst.page}, the heaviest public page`);
  if (worst.size > BUDGET) {
    console.error(`FAILED: ${worst.page} and its style weigh ${worst.size} bytes`);
    process.exitCode = 1;
  }
} finally {
  server.kill('SIGTERM');
  await new Promise((resolve) => server.once('exit', resolve));
  rmSync(folder, { recursive: true });
}
