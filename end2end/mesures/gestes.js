// What two everyday gestures ask of the network, and how long the next file takes to be painted.
import { demonstration } from '../serveur.js';
import { Gestion } from '../pages/gestion.js';
import { Inscription, personne } from '../pages/inscription.js';
import { ready } from '../pages/navigateur.js';
import { quantile } from './quantile.js';

const DECIDED = 10;
const NEXT = 60;

/** Counts the documents and the requests that a page asks for from now on. */
function counted(page) {
  const seen = { documents: 0, requests: 0 };
  page.on('request', (request) => {
    seen.requests += 1;
    if (request.resourceType() === 'document') seen.documents += 1;
  });
  return seen;
}

/** A sign-up, from the front page to « Votre demande est enregistrée ». */
export async function inscrire(browser, base) {
  const context = await browser.newContext({ baseURL: base, locale: 'fr-FR' });
  const page = await context.newPage();
  const seen = counted(page);
  const inscription = new Inscription(page, { axe: false });
  await inscription.fill(personne('À titre personnel'));
  await inscription.send();
  await context.close();
  return seen;
}

/** The reference of the file that is shown, once it is another than `former`. */
async function file(page, former = null) {
  const shown = (former) => {
    const found = document.querySelector('[data-touche=n]') && document.querySelector('main').textContent.match(/IEL-[\w-]+/)?.[0];
    return found && found !== former ? found : null;
  };
  return (await page.waitForFunction(shown, former)).jsonValue();
}

/** Ten files decided by keyboard: v, Enter, n. Then the way through the files by n alone, in milliseconds. */
export async function decider(browser) {
  const demo = await demonstration(1_000);
  try {
    const context = await browser.newContext({ baseURL: demo.url, locale: 'fr-FR' });
    const page = await context.newPage();
    const gestion = new Gestion(page, { axe: false, invited: demo.invite });
    await gestion.join('Aline Ferrand');
    await page.locator('[data-ligne]').first().click();
    await file(page);
    const seen = counted(page);
    for (let decided = 0; decided < DECIDED; ) {
      const here = await file(page);
      // A colleague may look after a file: it is left out.
      if ((await page.locator('[data-touche=v]').count()) > 0) {
        await page.keyboard.press('v');
        await page.locator('dialog[open] button.principal').waitFor();
        await page.keyboard.press('Enter');
        await page.getByText('prend effet à').first().waitFor();
        decided += 1;
      }
      await page.keyboard.press('n');
      await file(page, here);
    }
    const deciding = { ...seen };

    await page.goto('/gestion/demandes?statut=tous');
    await ready(page);
    await page.locator('[data-ligne]').first().click();
    await file(page);
    // From the key to the frame that shows another reference.
    await page.evaluate(() => {
      window.painted = [];
      const reference = () => document.querySelector('main').textContent.match(/IEL-[\w-]+/)?.[0];
      let pressed = 0;
      let shown = reference();
      addEventListener('keydown', (event) => (pressed = event.timeStamp), { capture: true });
      new MutationObserver(() => {
        const found = reference();
        if (!pressed || !found || found === shown) return;
        shown = found;
        const from = pressed;
        pressed = 0;
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => window.painted.push(performance.now() - from);
          port2.postMessage(0);
        });
      }).observe(document.body, { childList: true, characterData: true, subtree: true });
    });
    for (let sample = 0; sample < NEXT; sample += 1) {
      await page.keyboard.press('n');
      await page.waitForFunction((count) => window.painted.length > count, sample);
    }
    const times = await page.evaluate(() => window.painted);
    await context.close();
    const shown = (value) => value.toFixed(0);
    return { deciding, p50: shown(quantile(times, 0.5)), p95: shown(quantile(times, 0.95)), samples: times.length };
  } finally {
    await demo.stop();
  }
}
