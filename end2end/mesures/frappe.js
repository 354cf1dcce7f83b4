// From the `input` event to the frame that shows its message: a wrong letter, 220 times, on a hydrated tab.
import { slow } from './chargement.js';
import { quantile } from './quantile.js';

const SAMPLES = 220;

export async function frappe(browser, base, cookie) {
  const context = await browser.newContext({ baseURL: base, locale: 'fr-FR', extraHTTPHeaders: { cookie } });
  const page = await context.newPage();
  await page.goto('/inscription/identite');
  await page.locator('html[data-hydrated]').waitFor({ state: 'attached' });
  const nom = page.getByLabel('Nom', { exact: true });
  // A message is shown once the field was left.
  await nom.focus();
  await page.keyboard.press('Tab');
  await nom.focus();
  await page.keyboard.press('End');
  await slow(page);
  await page.evaluate(() => {
    window.painted = [];
    const input = document.getElementById('champ-nom');
    const message = document.getElementById('champ-nom-erreur');
    let typed = 0;
    input.addEventListener('input', (event) => (typed = event.timeStamp), { capture: true });
    new MutationObserver(() => {
      if (!typed || !message.textContent) return;
      const from = typed;
      typed = 0;
      // The task after an animation frame runs when that frame has been painted.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => window.painted.push(performance.now() - from);
        port2.postMessage(0);
      });
    }).observe(message, { childList: true, characterData: true, subtree: true });
  });
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    await page.keyboard.press('4');
    await page.waitForFunction((count) => window.painted.length > count, sample);
    await page.keyboard.press('Backspace');
    await page.waitForFunction(() => !document.getElementById('champ-nom-erreur').textContent);
  }
  const times = await page.evaluate(() => window.painted);
  await context.close();
  const shown = (value) => value.toFixed(1);
  return {
    samples: times.length,
    p50: shown(quantile(times, 0.5)),
    p98: shown(quantile(times, 0.98)),
    max: shown(Math.max(...times)),
  };
}
