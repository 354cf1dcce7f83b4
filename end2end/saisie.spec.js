// The typed texts are kept: on a slow network, on leaving, in two windows, under an extension or a translator.
import { Inscription } from './pages/inscription.js';
import { bouton, expect, ready, test } from './pages/navigateur.js';

const NOM = ['Nom', { exact: true }];
const PRENOM = ['Prénom', { exact: true }];
const AUTOSAVE = /\/api\/autosave/;

/** A page on the first tab, of a draft of its own. */
async function atIdentity(ouvrir, options) {
  const page = await ouvrir(options);
  await new Inscription(page, { axe: false }).orientation('À titre personnel');
  return page;
}

/** The texts that the server holds, as a window opened now shows them. */
async function held(page) {
  const other = await page.context().newPage();
  await other.goto('/inscription/identite');
  const texts = [await other.getByLabel(...NOM).inputValue(), await other.getByLabel(...PRENOM).inputValue()];
  await other.close();
  return texts;
}

test('a late autosave does not replace newer text', async ({ ouvrir }) => {
  const page = await atIdentity(ouvrir);
  let late = 0;
  await page.route(AUTOSAVE, async (route) => {
    late += 1;
    if (late === 1) await new Promise((resolve) => setTimeout(resolve, 3500));
    await route.continue().catch(() => {});
  });
  const first = page.waitForRequest(AUTOSAVE);
  await page.getByLabel(...NOM).pressSequentially('Fer');
  const answered = (await first).response();
  await page.getByLabel(...NOM).pressSequentially('rand');
  await bouton(page, 'Suivant').click();
  await page.waitForURL(/verifier=1/);
  await answered;
  expect((await held(page))[0]).toBe('Ferrand');
});

const leave = {
  'the rail': (page) => page.locator('ol.rail').getByRole('link', { name: /Validation/ }).click(),
  'a reload': (page) => page.reload(),
  Back: (page) => page.goBack(),
  'another address': (page) => page.goto('/aide'),
  'a closed window': (page) => page.close({ runBeforeUnload: true }),
};

for (const [way, go] of Object.entries(leave)) {
  test(`what was typed last is kept when one leaves by ${way}`, async ({ ouvrir }) => {
    const page = await atIdentity(ouvrir);
    const watch = await page.context().newPage();
    await watch.goto('/aide');
    await page.getByLabel(...NOM).fill('Ferrand');
    await page.getByLabel(...PRENOM).pressSequentially('Maëlle');
    await go(page);
    await expect.poll(() => held(watch), { timeout: 5000 }).toEqual(['Ferrand', 'Maëlle']);
    if (way === 'a reload') await expect(page.getByLabel(...PRENOM)).toHaveValue('Maëlle');
    if (way === 'the rail') await expect(page.locator('.recap').getByText('Maëlle')).toBeVisible();
  });
}

test('what could not be sent when a tab was left is sent before another is read', async ({ ouvrir }) => {
  const page = await atIdentity(ouvrir, { tolerer: /Failed to load resource/ });
  await page.route(AUTOSAVE, (route) => route.abort());
  await page.getByLabel(...PRENOM).pressSequentially('Maëlle');
  await page.locator('ol.rail').getByRole('link', { name: /Coordonnées/ }).click();
  await expect(page.getByRole('alert').getByText('Le service ne répond pas')).toBeVisible();
  await page.unroute(AUTOSAVE);
  await page.goBack();
  await expect(page.getByLabel(...PRENOM)).toHaveValue('Maëlle');
});

test('« Suivant » in one window keeps a field that another has saved', async ({ ouvrir }) => {
  const first = await atIdentity(ouvrir);
  const second = await first.context().newPage();
  await second.goto('/inscription/identite');
  await ready(second);
  await second.getByLabel(...PRENOM).fill('Maëlle');
  await expect(second.getByText('Enregistré', { exact: true })).toBeVisible();
  await first.getByLabel(...NOM).fill('Ferrand');
  await bouton(first, 'Suivant').click();
  await first.waitForURL(/verifier=1/);
  expect(await held(first)).toEqual(['Ferrand', 'Maëlle']);
});

// Each change runs once the document is there and before the program, as an extension, a translator or a filter does.
const changes = {
  'a mark after a field': () => document.querySelector('main input[type=text]').after(document.createElement('span')),
  'a mark before a field': () => document.querySelector('#champ-nom').before(document.createElement('span')),
  'a field in a box': () => {
    const box = document.createElement('div');
    const field = document.querySelector('#champ-nom');
    field.replaceWith(box);
    box.append(field);
  },
  'a label broken up': () => {
    document.querySelector('label[for=champ-prenom]').innerHTML = 'Pré<b>nom</b>';
  },
  'comments removed': () => {
    const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_COMMENT);
    const found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    for (const comment of found) comment.remove();
  },
  'a translation': () => {
    const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    for (const text of found) {
      const font = document.createElement('font');
      text.replaceWith(font);
      font.append(text.data);
    }
  },
};

/** Goes on with a wrong birth date: the page shows the error, and the typed text. */
async function refused(page) {
  await page.getByLabel('Date de naissance', { exact: true }).fill('31/02/1980');
  await bouton(page, 'Suivant').click();
  await expect(page.locator('#resume')).toContainText('Saisissez une date qui existe');
  await expect(page.getByLabel('Date de naissance', { exact: true })).toHaveValue('31/02/1980');
}

for (const [kind, change] of Object.entries(changes)) {
  test(`a page changed before it is hydrated answers: ${kind}`, async ({ ouvrir }) => {
    const page = await atIdentity(ouvrir);
    await page.route('**/*.wasm', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      await route.continue();
    });
    await page.addInitScript(`addEventListener('DOMContentLoaded', ${change})`);
    await page.reload({ waitUntil: 'domcontentloaded' });
    await page.locator('#champ-nom').fill('Tapé avant');
    await ready(page);
    await expect(page.locator('#champ-nom')).toHaveValue('Tapé avant');
    await expect(page.locator('#champ-nom')).toBeFocused();
    await refused(page);
    await expect(page.getByLabel(...NOM)).toHaveValue('Tapé avant');
  });
}

test('a page changed on its way stays a page without script, whole', async ({ ouvrir }) => {
  const page = await atIdentity(ouvrir);
  await page.route('**/inscription/identite*', async (route) => {
    if (!route.request().isNavigationRequest()) return route.continue();
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replaceAll('<!>', '') });
  });
  await page.reload();
  await page.waitForLoadState('networkidle');
  await expect(page.locator('html[data-hydrated]')).toHaveCount(0);
  await refused(page);
});

test('a program that fails leaves a page without script, whole', async ({ ouvrir }) => {
  const page = await atIdentity(ouvrir);
  await page.getByLabel(...NOM).fill('Ferrand');
  await page.evaluate(() => {
    dispatchEvent(new ErrorEvent('error', { error: new WebAssembly.RuntimeError('unreachable') }));
  });
  await expect(page.locator('html[data-hydrated]')).toHaveCount(0);
  await refused(page);
  await expect(page.getByLabel(...NOM)).toHaveValue('Ferrand');
});

test('a translated page shows one message, and none after its repair', async ({ ouvrir }) => {
  const page = await atIdentity(ouvrir);
  const nom = page.getByLabel(...NOM);
  const message = page.locator('#champ-nom-erreur');
  const leaveField = () => page.getByLabel('Date de naissance', { exact: true }).focus();
  await nom.fill('Lun4');
  await leaveField();
  await expect(message).toContainText('Le nom ne peut pas contenir de chiffres.');
  await page.evaluate(changes['a translation']);
  await nom.fill('');
  await leaveField();
  await expect(message).toHaveText('Erreur : Renseignez votre nom.');
  await page.evaluate(changes['a translation']);
  await nom.fill('Ferrand');
  await expect(message).toHaveText('');
  await expect(page.locator('.sauvegarde')).toHaveText('Enregistré');
  await bouton(page, 'Suivant').click();
  await expect(page.locator('#resume li')).not.toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Suivant', exact: true })).toHaveText('Suivant');
});
