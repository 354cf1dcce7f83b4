// A queue of six hundred files, and hands that know it.
import { demonstration } from './serveur.js';
import { Gestion } from './pages/gestion.js';
import { expectAccessibleInEveryMode } from './pages/modes.js';
import { bouton, expect, ready, test } from './pages/navigateur.js';

/** Some fifty of them wait for a decision: enough for journeys that never decide the same file. */
const COMPTES = 600;
let demo;
test.describe.configure({ timeout: 300_000 });
test.beforeAll(async () => {
  demo = await demonstration(COMPTES);
});
test.afterAll(() => demo.stop());

async function gestionnaire(browser, nom, options = {}) {
  const context = await browser.newContext({ baseURL: demo.url, locale: 'fr-FR', ...options });
  const { javaScriptEnabled = true } = options;
  const gestion = new Gestion(await context.newPage(), { javaScriptEnabled, invited: demo.invite });
  await gestion.join(nom);
  return gestion;
}

/** The links of the rows: one a file. */
const rows = (page) => page.getByRole('table', { name: 'Demandes' }).locator('[data-ligne]');

/** The rows nobody has claimed or decided. */
const free = (page) => page.getByRole('row').filter({ has: page.locator('[data-ligne]'), hasNot: page.locator('.etiquette') });

// This test comes before any decision, because a held decision leaves the list and its count.
test('the list turns its pages, filters, and leaves as a file', async ({ browser }) => {
  const gestion = await gestionnaire(browser, 'Farid Benali');
  const { page } = gestion;
  await page.getByRole('link', { name: /^Tous/ }).click();
  await gestion.settled();
  await expect(page.getByText(`${COMPTES} demandes`)).toBeVisible();
  await expect(rows(page)).toHaveCount(50);
  const first = await rows(page).first().textContent();
  await page.getByRole('link', { name: 'Page suivante' }).click();
  await page.waitForURL(/apres=/);
  await page.getByRole('link', { name: 'Page précédente' }).click();
  await page.waitForURL(/avant=/);
  await expect(rows(page).first()).toHaveText(first);
  await page.getByText('Plus de filtres').click();
  await page.getByLabel('Inscription').selectOption('Comme indépendant');
  await bouton(page, 'Filtrer').click();
  await page.waitForURL(/cas=independant/);
  await gestion.settled();
  const waiting = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Exporter (CSV)' }).click();
  expect((await waiting).suggestedFilename()).toBe('demandes.csv');
});

test('ten files are decided without a mouse', async ({ browser }) => {
  const { page } = await gestionnaire(browser, 'Aline Ferrand');
  await page.keyboard.press('j');
  await expect(rows(page).first()).toBeFocused();
  const start = Date.now();
  const decided = [];
  await page.keyboard.press('Enter');
  for (let file = 0; file < 10; file += 1) {
    await page.waitForURL(/\/gestion\/demandes\/\d+/);
    await ready(page);
    decided.push(new URL(page.url()).pathname);
    const double = (await page.locator('.doublons').count()) > 0;
    await page.keyboard.press('v');
    await expect(page.getByRole('dialog', { name: 'Valider' })).toBeVisible();
    await page.keyboard.press('Enter');
    await page.waitForURL(/decision=attente/);
    await ready(page);
    await expect(bouton(page, 'Annuler ma décision')).toBeVisible();
    if (double) console.log('a double was among the ten');
    const before = page.url();
    await page.keyboard.press('n');
    await page.waitForURL((url) => url.href !== before);
  }
  const seconds = (Date.now() - start) / 1000;
  console.log(`ten files by keyboard: ${seconds.toFixed(1)} s`);
  await page.keyboard.press('l');
  await page.waitForURL(/\/gestion\/demandes/);
  await ready(page);
  // The decided files are held: they are out of the list, and `n` steps over them.
  expect(new Set(decided).size).toBe(10);
  const left = await rows(page).evaluateAll((links) => links.map((link) => new URL(link.href).pathname));
  expect(left.filter((path) => decided.includes(path))).toEqual([]);
});

test('keys do nothing to whoever types, and can be turned off', async ({ browser }) => {
  const { page } = await gestionnaire(browser, 'Bruno Pujol');
  await page.keyboard.press('/');
  await expect(page.getByLabel('Rechercher')).toBeFocused();
  await page.keyboard.type('jk?x');
  await expect(page.getByLabel('Rechercher')).toHaveValue('jk?x');
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Raccourcis clavier' });
  await expect(sheet).toBeVisible();
  await sheet.getByLabel('Utiliser ces raccourcis').uncheck();
  await sheet.getByRole('button', { name: 'Fermer' }).click();
  await page.keyboard.press('j');
  await expect(rows(page).first()).not.toBeFocused();
  await page.reload();
  await ready(page);
  await page.keyboard.press('j');
  await expect(rows(page).first()).not.toBeFocused();
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test('a claim is seen by a colleague, who takes over before deciding', async ({ browser }) => {
      const first = await gestionnaire(browser, 'Chloé Quéré', { javaScriptEnabled });
      const second = await gestionnaire(browser, 'Driss Haddad', { javaScriptEnabled });
      await first.page.goto('/gestion/demandes?tri=activite');
      const claimed = free(first.page).nth(1).locator('[data-ligne]');
      const name = await claimed.textContent();
      await claimed.click();
      await first.settled();
      const file = new URL(first.page.url()).pathname;
      await bouton(first.page, 'Je m’en occupe').click();
      await expect(first.page.getByText('Vous vous en occupez jusqu’à')).toBeVisible();
      await second.page.goto('/gestion/demandes?suivie=autre');
      await second.settled();
      await expect(second.page.getByText(/Chloé Quéré, jusqu’à/).first()).toBeVisible();
      await second.page.getByRole('link', { name: name.trim() }).first().click();
      await second.settled();
      expect(new URL(second.page.url()).pathname).toBe(file);
      await expect(bouton(second.page.locator('main'), 'Valider')).toHaveCount(0);
      await bouton(second.page, 'Prendre le relais').click();
      await second.settled();
      await second.validate();
      await bouton(second.page, 'Annuler ma décision').click();
      await expect(second.page.getByText('La décision est annulée')).toBeVisible();
      await second.settled();
    });

    test('several files are tried, then decided, then taken back together', async ({ browser }) => {
      const { page } = await gestionnaire(browser, 'Élodie Marchand', { javaScriptEnabled });
      await page.goto('/gestion/demandes?tri=nom');
      await ready(page, javaScriptEnabled);
      for (const at of [0, 1, 2]) await free(page).nth(at).getByRole('checkbox').check();
      await bouton(page, 'Refuser la sélection').click();
      await expect(page.getByRole('heading', { level: 1, name: 'Refuser la sélection' })).toBeVisible();
      await expect(page.getByText('Rien n’est encore fait.')).toBeVisible();
      await page.getByLabel('Motif', { exact: true }).selectOption({ index: 1 });
      await bouton(page, 'Refuser la sélection').click();
      await expect(page.getByText(/décisions? enregistrées?/)).toBeVisible();
      await bouton(page, 'Annuler ces décisions').click();
      await expect(page.getByText(/décisions? annulées?/)).toBeVisible();
    });
  });
}

test('a list that is looked at stays fresh, and what is ticked stays ticked', async ({ browser }) => {
  const first = await gestionnaire(browser, 'Gaël Kerbrat');
  const second = await gestionnaire(browser, 'Hélène Tessier');
  await first.page.goto('/gestion/demandes');
  await ready(first.page);
  await second.page.goto('/gestion/demandes');
  await rows(second.page).nth(15).click();
  await second.settled();
  await bouton(second.page, 'Je m’en occupe').click();
  await expect(first.page.getByText(/Hélène Tessier, jusqu’à/)).toBeVisible({ timeout: 25_000 });
});

test('the pages of the queue in every way they may be looked at', async ({ browser }) => {
  const { page } = await gestionnaire(browser, 'Inès Roussel');
  const look = async (path, state = path.split('?')[0].replace(/\d+/g, 'N')) => {
    await page.goto(path);
    await ready(page);
    await expectAccessibleInEveryMode(page, state);
  };
  const first = async (statut) => {
    await page.goto(`/gestion/demandes?statut=${statut}`);
    return new URL(await rows(page).first().getAttribute('href'), demo.url).pathname;
  };
  await look('/gestion/demandes?statut=tous&jours=3', 'list with its filters open');
  await look('/gestion/demandes?collectivite=saint-martin', 'collectivités of one name');
  await page.goto('/gestion/demandes');
  await ready(page);
  await bouton(page, 'Raccourcis clavier').click();
  await expectAccessibleInEveryMode(page, 'keyboard help');
  const [waiting, active, refused, suspended] = [await first('AValider'), await first('Actif'), await first('Refuse'), await first('Suspendu')];
  const id = (file) => file.split('/').pop();
  await look(waiting, 'file to decide');
  await look(`/gestion/demandes/lot?verdict=refuser&id=${id(waiting)}&id=${id(active)}`);
  await look(`${waiting}/comparer/${id(active)}`);
  await look(`${active}/suspendre?erreur=message`);
  await look(`${suspended}/retablir`);
  await look(`${refused}/rouvrir`);
  await look(await first('EnAttenteActivation'), 'file that waits for its activation');
  await page.goto(active);
  await ready(page);
  await bouton(page.locator('.decision'), 'Suspendre').click();
  await expect(page.getByRole('dialog', { name: 'Suspendre' })).toBeVisible();
  await expectAccessibleInEveryMode(page, 'dialog Suspendre');
});
