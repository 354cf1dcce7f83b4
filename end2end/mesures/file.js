// The pace of the queue: node file.js 1000,100000,1000000. Each page is asked for in turn at every size, so that a
// noisy machine slows them all. Only the ratio between sizes counts.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { imported } from './import.js';
import { startPostgres } from './postgres.js';
import { totp } from '../totp.js';
import { quantile } from './quantile.js';

const root = path.resolve(import.meta.dirname, '../..');
const program = path.join(root, 'target/release/iel');
const sizes = (process.argv[2] ?? '1000,100000').split(',').map(Number);
const engines = (process.argv[3] ?? 'sqlite,postgres').split(',');
const rounds = Number(process.argv[4] ?? 60);

const PAGES = [
  ['default list and counters', ''],
  ['by last change', '?tri=activite'],
  ['by name', '?tri=nom'],
  ['every state', '?statut=tous'],
  ['state Actif', '?statut=Actif'],
  ['waiting 15 days', '?jours=15'],
  ['cas 1', '?cas=service'],
  ['one collectivité', '?collectivite=COMMUNE:31555'],
  ['generic employer', '?collectivite=GENERIQUE_INTERVENANTS:cnfpt-31'],
  ['mine', '?suivie=moi'],
  ['nobody’s', '?suivie=personne'],
  ['mail undelivered', '?non_remis=1'],
  ['search: one name', '?statut=tous&q=zeller'],
  ['search: two words', '?statut=tous&q=zoe%20zell'],
  ['search: two letters', '?statut=tous&q=za'],
  ['search: nobody', '?statut=tous&q=xqwz'],
  ['search: address', '?statut=tous&q=personne@demo.invalid'],
];

/** Pages that are not the list. */
const OTHERS = [
  ['statistics', '/gestion/statistiques'],
  ['outbox', '/gestion/courriels?volet=remis'],
  ['motives', '/gestion/motifs'],
];

async function started(engine, size, at, cluster) {
  const folder = mkdtempSync(path.join(tmpdir(), `iel-file-${engine}-${size}-`));
  mkdirSync(`${folder}/courriels`);
  const port = 4400 + at;
  const env = {
    ...process.env,
    LEPTOS_SITE_ADDR: `127.0.0.1:${port}`,
    IEL_PUBLIC_URL: `http://127.0.0.1:${port}`,
    IEL_DATABASE_URL: engine === 'sqlite' ? `sqlite://${folder}/iel.db` : cluster.create(`iel${size}`),
    IEL_MAIL_URL: `file:${folder}/courriels`,
    IEL_SECRET_KEY_FILE: `${folder}/cle`,
  };
  const begun = Date.now();
  execFileSync(program, ['demo', '--comptes', String(size)], { cwd: root, env, stdio: 'ignore' });
  if (engine === 'postgres') cluster.analyze(`iel${size}`);
  console.log(`${engine} ${size}: filled in ${((Date.now() - begun) / 1000).toFixed(0)} s`);
  const server = spawn(program, ['serve'], { cwd: root, env, stdio: 'ignore' });
  const url = env.IEL_PUBLIC_URL;
  for (let attempt = 0; !(await fetch(`${url}/readyz`).catch(() => null))?.ok && attempt < 100; attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const invited = execFileSync(program, ['invite', '--role', 'gestionnaire', '--email', 'mesure@exemple.fr'], { cwd: root, env });
  const link = String(invited).match(/http\S+\/invitation\/\S+/)[0];
  const send = async (page, fields, cookie = '') => {
    const html = await (await fetch(page, { headers: { cookie } })).text();
    const action = html.match(/<form[^>]*action="([^"]+)"/)[1];
    const values = typeof fields === 'function' ? fields(html) : fields;
    const answer = await fetch(url + action, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie, 'sec-fetch-site': 'same-origin', accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(values),
    });
    const connexion = answer.headers.get('set-cookie')?.split(';')[0];
    if (!connexion) throw new Error(`no connexion: ${answer.status} ${answer.headers.get('location')}`);
    return connexion;
  };
  const secret = (html) => html.match(/<code class="secret">(.*?)<\/code>/s)[1].replace(/<[^>]*>/g, '');
  const waiting = await send(link, {
    token: link.split('/').pop(),
    nom: 'Mesure',
    mot_de_passe: 'onze tramways bleus sous la pluie',
  });
  const cookie = await send(`${url}/gestion/second-facteur`, (html) => ({ code: totp(secret(html)) }), waiting);
  return { engine, size, url, cookie, server, folder };
}

async function ask({ url, cookie }, there) {
  const begun = performance.now();
  const answer = await fetch(url + there, { headers: { cookie }, redirect: 'manual' });
  const text = await answer.text();
  const took = performance.now() - begun;
  if (answer.status !== 200) throw new Error(`${there}: ${answer.status}`);
  return { took, text };
}

const peak = (pid) => Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]) / 1024;

async function exported({ url, cookie, server }) {
  const before = peak(server.pid);
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, peak(server.pid))), 50);
  const begun = performance.now();
  const answer = await fetch(`${url}/gestion/demandes.csv?statut=tous`, { headers: { cookie } });
  let lines = 0;
  for await (const piece of answer.body) for (const byte of piece) if (byte === 10) lines += 1;
  clearInterval(watch);
  return { seconds: (performance.now() - begun) / 1000, lines: lines - 1, growth: most - before };
}

let at = 0;
for (const engine of engines) {
  const cluster = engine === 'postgres' ? startPostgres(4399) : null;
  const places = [];
  for (const size of sizes) places.push(await started(engine, size, (at += 1), cluster));
  console.log(`\n${engine}, ${rounds} rounds: p50 / p99 in ms at ${sizes.join(', ')} accounts; growth of the p50 from first to last`);
  const file = await Promise.all(places.map(async (place) => (await ask(place, '/gestion/demandes')).text.match(/\/gestion\/demandes\/(\d+)/)[1]));
  const list = PAGES.map(([name, query]) => [name, () => `/gestion/demandes${query}`]);
  const others = OTHERS.map(([name, there]) => [name, () => there]);
  for (const [name, there] of [...list, ['a file', (index) => `/gestion/demandes/${file[index]}`], ...others]) {
    const taken = places.map(() => []);
    for (let round = 0; round < rounds; round += 1) {
      for (const [index, place] of places.entries()) {
        taken[index].push((await ask(place, there(index))).took);
      }
    }
    const said = taken.map((times) => `${quantile(times, 0.5).toFixed(1)} / ${quantile(times, 0.99).toFixed(1)}`);
    const growth = quantile(taken.at(-1), 0.5) / quantile(taken[0], 0.5);
    console.log(`| ${name} | ${said.join(' | ')} | ${growth.toFixed(2)} |`);
  }
  for (const place of places) {
    const { seconds, lines, growth } = await exported(place);
    console.log(`export of ${lines} rows: ${seconds.toFixed(1)} s, memory + ${growth.toFixed(0)} MB`);
  }
  const { sending, reporting, writing } = await imported(places[0], 50_000);
  console.log(`import of 50,000 lines: sent in ${sending.toFixed(1)} s, reported on in ${reporting.toFixed(1)} s, written in ${writing.toFixed(1)} s`);
  for (const { server, folder } of places) {
    server.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
  cluster?.stop();
}
