// A load on a slow phone: four times slower, 1.6 Mbps, 150 ms away. The median of three.
import { quantile } from './quantile.js';

const RUNS = 3;

export async function chargement(browser, base, path, cookie) {
  const runs = [];
  for (let run = 0; run < RUNS; run += 1) runs.push(await once(browser, base, path, cookie));
  const median = (name) => quantile(runs.map((run) => run[name]), 0.5);
  return { lcp: Math.round(median('lcp')), tbt: Math.round(median('tbt')), cls: median('cls') };
}

async function once(browser, base, path, cookie) {
  const context = await browser.newContext({
    baseURL: base,
    locale: 'fr-FR',
    viewport: { width: 412, height: 823 },
    deviceScaleFactor: 1.75,
    isMobile: true,
    hasTouch: true,
    extraHTTPHeaders: { cookie },
  });
  const page = await context.newPage();
  await slow(page);
  const megabit = 1024 * 1024;
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  await client.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: (1.6 * megabit) / 8,
    uploadThroughput: (0.75 * megabit) / 8,
  });
  await page.addInitScript(() => {
    window.measured = { lcp: 0, cls: 0, long: [] };
    const watch = (type, take) =>
      new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
    watch('largest-contentful-paint', (entry) => (window.measured.lcp = entry.startTime));
    watch('layout-shift', (entry) => (window.measured.cls += entry.hadRecentInput ? 0 : entry.value));
    watch('longtask', (entry) => window.measured.long.push([entry.startTime, entry.duration]));
  });
  await page.goto(path);
  if (new URL(page.url()).pathname !== path) throw new Error(`${path} led to ${page.url()}: the draft is not open`);
  await page.locator('html[data-hydrated]').waitFor({ state: 'attached' });
  // Waits until the work that hydration begins is done.
  await page.waitForTimeout(1500);
  const { lcp, cls, tbt } = await page.evaluate(() => {
    const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
    const blocked = window.measured.long.filter(([at]) => at > paint).map(([, lasted]) => lasted - 50);
    return { ...window.measured, tbt: blocked.reduce((sum, time) => sum + time, 0) };
  });
  await context.close();
  return { lcp, cls, tbt };
}

/** The processor of a phone: four times slower than this one. */
export async function slow(page) {
  const client = await page.context().newCDPSession(page);
  await client.send('Emulation.setCPUThrottlingRate', { rate: 4 });
}
