#!/usr/bin/env node
// What a public page weighs before its program: its HTML and the style sheet, as a browser gets them compressed. One
// flight of ten packets carries 14 kB, so such a page is drawn after one round trip.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fetched } from '../end2end/mesures/poids.js';
import { place, serve } from '../end2end/serveur.js';

const BUDGET = 14_000;
const PAGES = ['/', '/inscription', '/inscription/service-rh', '/mot-de-passe-perdu', '/suivi', '/aide', '/accessibilite',
  '/donnees-personnelles', '/mentions-legales', '/plan-du-site', '/formations', '/gestion/connexion', '/rien-ici'];

const folder = mkdtempSync(path.join(tmpdir(), 'iel-pages-'));
const env = { ...await place(folder), IEL_PREINSCRIPTION__ACTIVE: 'true' };
const stop = await serve(env, 'ignore');
try {
  const style = (await fetched(`${env.IEL_PUBLIC_URL}/pkg/${process.argv[2]}`)).bytes;
  let worst = { bytes: 0 };
  for (const page of PAGES) {
    const { bytes, encoding } = await fetched(`${env.IEL_PUBLIC_URL}${page}`);
    if (encoding !== 'br') throw new Error(`${page} does not come compressed`);
    if (bytes + style > worst.bytes) worst = { bytes: bytes + style, page };
  }
  console.log(`${String(worst.bytes).padStart(8)} bytes of ${BUDGET}, of which ${style} of style: ${worst.page}, the heaviest public page`);
  if (worst.bytes > BUDGET) {
    console.error(`FAILED: ${worst.page} and its style weigh ${worst.bytes} bytes`);
    process.exitCode = 1;
  }
} finally {
  await stop();
  rmSync(folder, { recursive: true });
}
