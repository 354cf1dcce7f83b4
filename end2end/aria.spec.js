// The texts of the main pages for assistive technology, word for word. After a wanted change: npx playwright test
// aria -u
import { linkOf, mailTo } from './courriel.js';
import { Gestion } from './pages/gestion.js';
import { Inscription, personne } from './pages/inscription.js';
import { expect, ready, test } from './pages/navigateur.js';

/** Compares a page with its snapshot, once the texts that differ from run to run are replaced. */
async function says(page, name) {
  await page.evaluate(() => {
    const alike = (text) =>
      text
        .replace(/IEL-[0-9A-Z]{4}-[0-9A-Z]{4}/g, 'IEL-0000-0000')
        .replace(/\d{1,2}(?:er)?\s\S+ \d{4} à \d+\sh\s\d\d/g, '1er janvier 2026 à 0 h 00')
        // A mail may be on its way or there.
        .replace(/en cours d’envoi|remis à votre messagerie le 1er janvier 2026 à 0 h 00/g, 'remis')
        .replace(/(maelle|gestion)[.\d]+@/g, '$1@');
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      if (alike(texts.currentNode.data) !== texts.currentNode.data) texts.currentNode.data = alike(texts.currentNode.data);
    }
    // The counts depend on the other journeys.
    for (const count of document.querySelectorAll('.etats .nombre')) count.textContent = '0';
    for (const link of document.querySelectorAll('a[href*="IEL-"]')) link.href = alike(link.getAttribute('href'));
    for (const link of document.querySelectorAll('a[href^="/gestion/demandes/"]')) link.href = '/gestion/demandes/1';
    for (const input of document.querySelectorAll('input[type="search"]')) input.value = alike(input.value);
  });
  await expect(page.locator('body')).toMatchAriaSnapshot({ name: `${name}.aria.yml` });
}

test('what the pages of a sign-up say', async ({ ouvrir }) => {
  const page = await ouvrir();
  for (const [path, name] of [
    ['/', 'accueil'],
    ['/inscription', 'orientation'],
  ]) {
    await page.goto(path);
    await ready(page);
    await says(page, name);
  }
  const formateur = new Inscription(page, { axe: false });
  await formateur.orientation('Comme indépendant');
  await page.goto('/inscription/collectivite');
  await ready(page);
  await says(page, 'collectivite');
  for (const tab of ['identite', 'coordonnees', 'adresses', 'interlocuteurs', 'situation-professionnelle', 'validation']) {
    await page.goto(`/inscription/${tab}`);
    await ready(page);
    await says(page, tab);
  }
  await page.goto('/inscription/identite?verifier=1');
  await ready(page);
  await says(page, 'identite-erreurs');
});

test('what the pages of an account and of the gestionnaires say', async ({ ouvrir }) => {
  const page = await ouvrir();
  const who = personne('À titre personnel');
  const formateur = new Inscription(page, { axe: false });
  await formateur.fill(who);
  const reference = await formateur.send();
  await says(page, 'envoyee');
  await page.goto(linkOf(await mailTo(who.courriel, /^\[IEL\] Activez/)));
  await ready(page);
  await says(page, 'activation');
  await formateur.activate(who);
  await says(page, 'mon-compte');

  const gestion = new Gestion(await ouvrir(), { axe: false });
  await gestion.join('Aline Ferrand');
  await gestion.page.goto(`/gestion/demandes?q=${reference}`);
  await ready(gestion.page);
  await says(gestion.page, 'gestion-demandes');
  await gestion.open(reference);
  await says(gestion.page, 'gestion-dossier');
});
