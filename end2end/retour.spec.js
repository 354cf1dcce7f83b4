// Back, after a connexion has ended: the browser's memory of pages (back-forward cache) must show nothing of it.
import { chromium } from '@playwright/test';
import { invite } from './serveur.js';
import { bouton, expect, test } from './pages/navigateur.js';

let serial = 0;

/**
 * A browser that keeps pages in memory, as people's browsers do; automation turns that off. A service formation is
 * signed in.
 */
async function signedIn(launchOptions, baseURL) {
  const browser = await chromium.launch({ ...launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  const context = await browser.newContext({ baseURL, locale: 'fr-FR' });
  const page = await context.newPage();
  serial += 1;
  await page.goto(await invite(`retour.${process.pid}.${serial}@exemple.fr`, 'service-formation', process.env, 'COMMUNE:31555'));
  await page.getByLabel('Mot de passe', { exact: true }).fill('agrafe batterie cheval lune');
  await bouton(page, 'Enregistrer mon mot de passe').click();
  await page.waitForURL('**/service-formation*');
  return { browser, context, page };
}

/** Goes back without waiting for a load, which a page from memory does not have. */
const back = (page) => page.evaluate(() => history.back());

test('Back shows nothing of an account after « Se déconnecter », here or in another window', async ({ launchOptions, baseURL }) => {
  const { browser, context, page } = await signedIn(launchOptions, baseURL);
  const other = await context.newPage();
  await other.goto('/service-formation');
  await other.goto('/aide');
  await bouton(page, 'Se déconnecter').click();
  await page.waitForURL('**/?deconnecte=1');
  for (const window of [page, other]) {
    await back(window);
    await expect(window.getByRole('heading', { level: 1, name: 'Se connecter' })).toBeVisible();
    await expect(window.getByText('Nos agents')).toHaveCount(0);
  }
  await browser.close();
});

test('Back still shows what was typed on a public page', async ({ launchOptions, baseURL }) => {
  const { browser, page } = await signedIn(launchOptions, baseURL);
  await page.goto('/suivi');
  await page.getByLabel('Référence').fill('IEL-ABCD');
  await page.evaluate(() => {
    window.remembered = true;
  });
  await page.goto('/aide');
  await back(page);
  await expect(page.getByLabel('Référence')).toHaveValue('IEL-ABCD');
  // The page came from memory; otherwise the test above would prove nothing.
  expect(await page.evaluate(() => window.remembered)).toBe(true);
  await browser.close();
});
