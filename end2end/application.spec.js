// One application: after the first page no document is loaded, and nobody downloads what they do not open.
import { Gestion } from './pages/gestion.js';
import { Inscription, personne } from './pages/inscription.js';
import { bouton, expect, expectAccessible, ready, test } from './pages/navigateur.js';

/** Notes the documents and the parts of the program that a page asks for from now on. */
function watched(page) {
  const seen = { documents: [], parts: new Set() };
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (request.isNavigationRequest()) seen.documents.push(pathname);
    const part = pathname.match(/split_([a-z]+)\./)?.[1];
    if (part) seen.parts.add(part);
  });
  return seen;
}

test('a formateur signs up on one document, and the staff’s pages are never downloaded', async ({ ouvrir }) => {
  const page = await ouvrir();
  const seen = watched(page);
  const formateur = new Inscription(page, { axe: false });
  const who = personne('À titre personnel');
  await formateur.fill(who);
  await formateur.send();
  expect(seen.documents, 'one document for the whole sign-up').toEqual(['/']);
  expect([...seen.parts], 'nothing but the main part before an account').toEqual([]);
  await formateur.activate(who);
  await page.getByRole('link', { name: 'Mes données' }).click();
  await formateur.arrive('/mon-compte/donnees', 'Mes données');
  await page.goBack();
  await formateur.arrive('/mon-compte', 'Votre demande attend sa validation');
  await bouton(page, 'Se déconnecter').click();
  await formateur.arrive('/', 'Se connecter');
  await page.getByRole('link', { name: 'Aide' }).first().click();
  await formateur.arrive('/aide', 'Aide');
  expect(seen.documents, 'the mailed link is the second document').toHaveLength(2);
  expect([...seen.parts]).toEqual(['compte']);
});

test('a gestionnaire decides on one document, and goes back and forth', async ({ ouvrir }) => {
  const formateur = new Inscription(await ouvrir(), { axe: false });
  const reference = await formateur.signUp(personne('À titre personnel'));
  const page = await ouvrir();
  const gestion = new Gestion(page, { axe: false });
  await gestion.join('Aline Ferrand');
  const seen = watched(page);
  await page.getByRole('link', { name: /^Tous/ }).click();
  await page.waitForURL(/statut=tous/);
  await page.getByPlaceholder('Nom, adresse ou référence').fill(reference);
  await bouton(page, 'Filtrer').click();
  await page.waitForURL(new RegExp(`q=${reference}`));
  await page.locator('[data-ligne]').first().click();
  await page.waitForURL(/\/gestion\/demandes\/\d+/);
  await expect(page.locator('#titre')).toBeFocused();
  await gestion.validate();
  await expect(page.getByText('prend effet à')).toBeVisible();
  await page.goBack();
  await page.goBack();
  await page.waitForURL(new RegExp(`demandes\\?.*q=${reference}`));
  await expect(page.getByPlaceholder('Nom, adresse ou référence')).toHaveValue(reference);
  await page.goForward();
  await page.waitForURL(/\/gestion\/demandes\/\d+/);
  await page.getByRole('link', { name: 'Mes réglages' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mes réglages');
  expect(seen.documents, 'no document after the first').toEqual([]);
  expect([...seen.parts], 'the part of the accounts is never downloaded').not.toContain('compte');
});

test('a part that does not come is asked for as a document, once', async ({ ouvrir }) => {
  const page = await ouvrir({ tolerer: /Failed to (load resource|fetch)|TypeError/ });
  const seen = watched(page);
  await page.goto('/');
  await ready(page);
  let refused = 0;
  await page.route('**/split_compte*', (route) => {
    refused += 1;
    return refused === 1 ? route.abort() : route.continue();
  });
  await page.getByRole('link', { name: 'Suivre ma demande sans me connecter' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Suivre ma demande');
  await ready(page);
  expect(seen.documents).toEqual(['/', '/suivi']);
});

test('a part that never comes leaves words, a way on, and a page that works', async ({ ouvrir }) => {
  const page = await ouvrir({ tolerer: /Failed to (load resource|fetch)|TypeError/ });
  await page.route('**/split_compte*', (route) => route.abort());
  await page.goto('/');
  await ready(page);
  const link = page.getByRole('link', { name: 'Suivre ma demande sans me connecter' });
  await link.click();
  // The document came, and its program could not take it over: it stays a page without script.
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Suivre ma demande');
  await page.getByLabel('Référence').fill('IEL-0000-0000');
  await bouton(page, 'Suivre ma demande').click();
  await expect(page.getByText('Aucune demande ne correspond')).toBeVisible();
  await page.goto('/');
  await ready(page);
  await page.context().setOffline(true);
  await link.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Cette page n’a pas pu être chargée');
  await expect(page.getByRole('alert')).toContainText('Rien n’est perdu');
  await expectAccessible(page, 'not loaded');
  await page.context().setOffline(false);
});
