import { expect, expectAccessible, ready, test } from './pages/navigateur.js';

// The other pages are looked at on the way of the journeys, in the states they pass through.
const PAGES = [
  '/aide',
  '/accessibilite',
  '/donnees-personnelles',
  '/mentions-legales',
  '/mot-de-passe-perdu',
  '/mot-de-passe-perdu?envoye=1',
  '/gestion/connexion?erreur=identifiants',
  '/?erreur=delai&minutes=2',
  '/activation/inconnu',
  '/invitation/inconnu',
];

for (const scheme of ['light', 'dark']) {
  test(`axe finds nothing on the pages nobody passes through, ${scheme}`, async ({ ouvrir }) => {
    const page = await ouvrir();
    await page.emulateMedia({ colorScheme: scheme });
    for (const path of PAGES) {
      await page.goto(path);
      await ready(page);
      await expectAccessible(page);
    }
  });
}

test('no page scrolls sideways at 320 pixels', async ({ ouvrir }) => {
  const page = await ouvrir();
  await page.setViewportSize({ width: 320, height: 640 });
  for (const path of ['/', '/inscription', '/gestion/connexion', ...PAGES]) {
    await page.goto(path);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, path).toBeLessThanOrEqual(0);
  }
});
