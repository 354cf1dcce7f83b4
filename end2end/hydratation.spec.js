import { Inscription } from './pages/inscription.js';
import { expect, ready, test } from './pages/navigateur.js';

test('what is typed before the WebAssembly comes is kept', async ({ ouvrir }) => {
  const page = await ouvrir();
  const formateur = new Inscription(page, { axe: false });
  await formateur.orientation('À titre personnel');
  let release;
  const held = new Promise((resolve) => {
    release = resolve;
  });
  await page.route('**/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  await page.reload();
  await page.getByLabel('Nom', { exact: true }).fill('Tapé avant');
  await page.getByLabel('Prénom', { exact: true }).fill('4');
  await expect(page.locator('html[data-hydrated]')).toHaveCount(0);
  release();
  await ready(page);
  await expect(page.getByLabel('Nom', { exact: true })).toHaveValue('Tapé avant');
  // The page has read the text too: it saves it, and shows its error after the first blur.
  await expect(page.getByText('Enregistré', { exact: true })).toBeVisible();
  await page.getByLabel('Prénom', { exact: true }).focus();
  await page.getByLabel('Date de naissance', { exact: true }).focus();
  await expect(page.getByText('Le prénom ne peut pas contenir de chiffres.')).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Nom', { exact: true })).toHaveValue('Tapé avant');
});

test('the six tabs follow each other without a page load', async ({ ouvrir }) => {
  const page = await ouvrir();
  const formateur = new Inscription(page, { axe: false });
  await formateur.orientation('Comme indépendant');
  let loads = 0;
  page.on('request', (request) => {
    if (request.isNavigationRequest()) loads += 1;
  });
  await formateur.identite({ civilite: 'M.', nom: 'Diallo', naissance: 'Diallo', prenom: 'Ousmane', date: '1.2.1975' });
  await formateur.next();
  await formateur.arrive('/inscription/coordonnees', 'Coordonnées');
  await page.goBack();
  await formateur.arrive('/inscription/identite', 'Identité');
  await expect(page.getByLabel('Prénom', { exact: true })).toHaveValue('Ousmane');
  expect(loads).toBe(0);
});

test('an error shows after the first blur and goes with the keystroke that repairs it', async ({ ouvrir }) => {
  const page = await ouvrir();
  const formateur = new Inscription(page, { axe: false });
  await formateur.orientation('À titre personnel');
  const nom = page.getByLabel('Nom', { exact: true });
  const message = page.getByText('Le nom ne peut pas contenir de chiffres.');
  await nom.pressSequentially('Lun4');
  await expect(message).toHaveCount(0);
  await nom.blur();
  await expect(message).toBeVisible();
  await nom.press('End');
  await nom.press('Backspace');
  await expect(message).toHaveCount(0);
});
