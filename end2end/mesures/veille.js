// What an open queue costs while nobody touches it: node veille.js [minutes]. Memory of the page's process, its JavaScript
// heap after a collection, and the time its main thread worked.
import { execFileSync } from 'node:child_process';
import { chromium } from '@playwright/test';
import { demonstration } from '../serveur.js';
import { Gestion } from '../pages/gestion.js';

const minutes = Number(process.argv[2] ?? 60);
const EVERY = 5;
const executablePath = process.env.CHROME_PATH ?? process.env.CHROMIUM ?? '/usr/bin/chromium';

/** The resident memory of the largest renderer of the machine, in MB. */
function memory() {
  const lines = execFileSync('ps', ['-eo', 'rss,args'], { encoding: 'utf8' }).split('\n');
  const own = lines.filter((line) => line.includes('--type=renderer'));
  return Math.max(...own.map((line) => Number(line.trim().split(/\s+/)[0]))) / 1024;
}

const demo = await demonstration(1_000);
const browser = await chromium.launch({ executablePath, args: ['--headless=new', '--no-sandbox', '--disable-gpu'] });
try {
  const context = await browser.newContext({ baseURL: demo.url, locale: 'fr-FR' });
  const page = await context.newPage();
  await new Gestion(page, { axe: false, invited: demo.invite }).join('Aline Ferrand');
  const cdp = await context.newCDPSession(page);
  await cdp.send('Performance.enable');
  let polls = 0;
  page.on('request', (request) => (polls += request.url().includes('read_demandes') ? 1 : 0));
  const look = async (at) => {
    await cdp.send('HeapProfiler.collectGarbage');
    const { metrics } = await cdp.send('Performance.getMetrics');
    const of = (name) => metrics.find((metric) => metric.name === name).value;
    const heap = (of('JSHeapUsedSize') / 1_048_576).toFixed(1);
    console.log(`${String(at).padStart(3)} min: ${polls} polls, process ${memory().toFixed(0)} MB, heap ${heap} MB, nodes ${of('Nodes')}, main thread ${of('TaskDuration').toFixed(1)} s`);
  };
  for (let at = 0; at <= minutes; at += EVERY) {
    await look(at);
    if (at < minutes) await page.waitForTimeout(EVERY * 60_000);
  }
} finally {
  await browser.close();
  await demo.stop();
}
