// Measures the release build as a slow phone sees it, prints one table, and fails under the floors.
import os from 'node:os';
import { chromium } from '@playwright/test';
import start from '../serveur.js';
import { bruit } from './bruit.js';
import { brouillon, compte, gestionnaire } from './visiteurs.js';
import { frappe } from './frappe.js';
import { decider, inscrire } from './gestes.js';
import { audit } from './lighthouse.js';
import { poids } from './poids.js';
import { chargement } from './chargement.js';

const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const CHROME = process.env.CHROME_PATH ?? process.env.CHROMIUM ?? '/usr/bin/chromium';
/** Below these, in points, a change is refused. The performance one leaves room for the noise of a shared machine. */
const FLOORS = { performance: 90, accessibility: 100, 'best-practices': 100 };
const CLS_MAX = 0.01;

const rows = [];
const refused = [];
const say = (what, measured) => {
  rows.push([what, measured]);
  console.log(`${what.padEnd(46)} ${measured}`);
};

const stop = await start();
const browser = await chromium.launch({ executablePath: CHROME, args: FLAGS });
try {
  const base = process.env.E2E_URL;
  say('machine', `${os.cpus().length} × ${os.cpus()[0].model}, load ${os.loadavg().map((load) => load.toFixed(1)).join(' ')}`);
  say('noise (fixed work, median and p98 of 200)', bruit());

  for (const [file, bytes] of await poids(base)) say(`bytes, compressed: ${file}`, bytes);

  const cookie = await brouillon(browser, base);
  const looks = ['/', '/inscription', '/inscription/identite', '/inscription/validation'].map((path) => [path, cookie]);
  looks.push(['/mon-compte', await compte(browser, base)], ['/gestion/demandes', await gestionnaire(browser, base)]);
  for (const [path, cookie] of looks) {
    const scores = await audit(`${base}${path}`, cookie, CHROME, FLAGS);
    say(`Lighthouse mobile ${path}`, Object.entries(scores).map(([name, score]) => `${name} ${score}`).join(', '));
    for (const [name, floor] of Object.entries(FLOORS)) {
      if (scores[name] < floor) refused.push(`${path}: ${name} ${scores[name]} < ${floor}`);
    }
  }

  for (const path of ['/', '/inscription', '/inscription/identite', '/inscription/validation']) {
    const { lcp, tbt, cls } = await chargement(browser, base, path, cookie);
    say(`4× CPU, 1.6 Mbps ${path}`, `LCP ${lcp} ms, TBT ${tbt} ms, CLS ${cls.toFixed(4)}`);
    if (cls > CLS_MAX) refused.push(`${path}: CLS ${cls} > ${CLS_MAX}`);
  }

  const { samples, p50, p98, max } = await frappe(browser, base, cookie);
  say('keystroke → message painted, 4× CPU', `p50 ${p50} ms, p98 ${p98} ms, max ${max} ms (${samples} samples)`);
  const signUp = await inscrire(browser, base);
  say('sign-up, six tabs', `${signUp.documents} document, ${signUp.requests} requests`);
  const { deciding, ...next } = await decider(browser);
  say('ten files decided by keyboard', `${deciding.documents} documents, ${deciding.requests} requests`);
  say('« n » → next file painted', `p50 ${next.p50} ms, p95 ${next.p95} ms (${next.samples} samples)`);
  say('noise again', `${bruit()}, load ${os.loadavg()[0].toFixed(1)}`);
} finally {
  await browser.close();
  await stop();
}

const width = Math.max(...rows.map(([what]) => what.length));
console.log(`\n| ${'measure'.padEnd(width)} | value |\n| ${'-'.repeat(width)} | --- |`);
for (const [what, measured] of rows) console.log(`| ${what.padEnd(width)} | ${measured} |`);
for (const line of refused) console.error(`REFUSED: ${line}`);
process.exitCode = refused.length > 0 ? 1 : 0;
