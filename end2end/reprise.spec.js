// A draft outlives what happens to it: another device, an expiry, a server that is gone.
import { linkOf, mailTo } from './courriel.js';
import { Inscription, personne } from './pages/inscription.js';
import { bouton, expect, expectAccessible, ready, test } from './pages/navigateur.js';

const ROUVERT = 'Votre brouillon avait expiré';

/** Answers the first two tabs, and stands on the third. */
async function atTheAddresses(formateur, who) {
  const { page } = formateur;
  await formateur.orientation(who.cas);
  await formateur.identite(who);
  await formateur.next();
  await formateur.arrive('/inscription/coordonnees', 'Coordonnées');
  await page.getByLabel('Adresse de messagerie', { exact: true }).fill(who.courriel);
  await page.getByLabel('Confirmation de l’adresse de messagerie').fill(who.courriel);
  await page.getByLabel('Téléphone mobile', { exact: true }).fill(who.mobile);
  await formateur.next();
  await formateur.arrive('/inscription/adresses', 'Adresses');
}

async function fillAddress(page, { voie, codePostal, commune }) {
  await page.getByLabel('N° et voie', { exact: true }).fill(voie);
  await page.getByLabel('Code postal', { exact: true }).fill(codePostal);
  await page.getByLabel('Commune', { exact: true }).fill(commune);
}

/** Makes the draft behind the page expire: the server does not know its key any more. */
async function expire(page) {
  const cookies = await page.context().cookies();
  const draft = cookies.find(({ name }) => name.endsWith('iel_brouillon'));
  await page.context().addCookies([{ ...draft, value: 'e'.repeat(43) }]);
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with WebAssembly' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a sign-up goes on elsewhere, from a mailed link and a birth date', async ({ ouvrir }) => {
      const who = personne('À titre personnel');
      const page = await ouvrir();
      const formateur = new Inscription(page, { javaScriptEnabled });
      await atTheAddresses(formateur, who);
      await expect(page.getByText(/^Vos réponses sont gardées jusqu’au \d+(er)?\s\S+\.$/)).toBeVisible();
      await fillAddress(page, who);
      await bouton(page, 'Recevoir un lien pour reprendre').click();
      await expect(page.getByText('Un lien pour reprendre est en route')).toBeVisible();
      await expect(page.getByLabel('N° et voie', { exact: true })).toHaveValue(who.voie);
      if (javaScriptEnabled) await expectAccessible(page);

      const link = linkOf(await mailTo(who.courriel, /Reprenez votre inscription/));
      const other = await ouvrir();
      const elsewhere = new Inscription(other, { javaScriptEnabled });
      await other.goto(link);
      await ready(other, javaScriptEnabled);
      await expect(other.locator('body')).not.toContainText(who.prenom);
      if (javaScriptEnabled) await expectAccessible(other);
      await other.getByLabel('Date de naissance').fill('08/03/1980');
      await bouton(other, 'Reprendre mon inscription').click();
      await expect(other.getByRole('alert').getByText('Il vous reste 4 essais')).toBeVisible();
      if (javaScriptEnabled) await expectAccessible(other);
      await other.getByLabel('Date de naissance').fill('7/3/1980');
      await bouton(other, 'Reprendre mon inscription').click();
      await elsewhere.arrive('/inscription/situation-professionnelle', 'Situation professionnelle');
      await other.goto('/inscription/adresses');
      await expect(other.getByLabel('N° et voie', { exact: true })).toHaveValue(who.voie);
      await page.reload();
      await expect(page.getByLabel('N° et voie', { exact: true })).toHaveValue(who.voie);
    });

    test('« Suivant » on a draft that expired loses nothing', async ({ ouvrir }) => {
      const who = personne('Comme indépendant');
      const page = await ouvrir();
      const formateur = new Inscription(page, { javaScriptEnabled });
      await atTheAddresses(formateur, who);
      await fillAddress(page, who);
      if (javaScriptEnabled) await expect(page.getByText('Enregistré', { exact: true })).toBeVisible();
      await expire(page);
      await formateur.next();
      await formateur.arrive('/inscription/interlocuteurs', 'Interlocuteurs');
      await expect(page.getByText(ROUVERT)).toBeVisible();
      await page.goto('/inscription/adresses');
      await expect(page.getByLabel('N° et voie', { exact: true })).toHaveValue(who.voie);
      await page.goto('/inscription/identite');
      await expect(page.getByLabel('Nom', { exact: true })).toHaveValue(who.nom);
    });

    test('another commune is asked about in the page as it comes', async ({ ouvrir }) => {
      const who = personne('À titre personnel', { commune: 'Blagnac' });
      const page = await ouvrir();
      const formateur = new Inscription(page, { javaScriptEnabled });
      await atTheAddresses(formateur, who);
      await fillAddress(page, who);
      await formateur.next();
      await formateur.arrive('/inscription/interlocuteurs', 'Interlocuteurs');
      const asked = [];
      page.on('request', (request) => {
        if (request.url().includes('read_communes')) asked.push(request.url());
      });
      await page.goto('/inscription/adresses');
      await ready(page, javaScriptEnabled);
      await expect(page.getByText('Ce code postal est celui de')).toContainText('Toulouse');
      await expect(page.locator('#communes-proposees option')).not.toHaveCount(0);
      expect(asked).toEqual([]);
      if (javaScriptEnabled) {
        await page.getByLabel('Code postal', { exact: true }).fill('31700');
        await expect(page.getByText('Ce code postal est celui de')).toHaveCount(0);
        expect(asked).toHaveLength(1);
      }
    });

    test('a near-miss of a mail domain is asked about before sending', async ({ ouvrir }) => {
      const who = personne('À titre personnel', { courriel: 'maelle@gmial.com' });
      const page = await ouvrir();
      const formateur = new Inscription(page, { javaScriptEnabled });
      await formateur.fill(who);
      await expect(page.getByText('Vouliez-vous dire maelle@gmail.com')).toBeVisible();
      await page.getByRole('link', { name: /Modifier\s+Coordonnées/ }).click();
      await formateur.arrive('/inscription/coordonnees', 'Coordonnées');
      await expect(bouton(page, 'Utiliser cette adresse')).toBeVisible({ visible: javaScriptEnabled });
    });
  });
}

test('the autosave opens a draft that expired again, with the other tabs', async ({ ouvrir }) => {
  const who = personne('À titre personnel');
  const page = await ouvrir();
  await atTheAddresses(new Inscription(page, { axe: false }), who);
  await expire(page);
  await page.getByLabel('N° et voie', { exact: true }).fill(who.voie);
  await expect(page.getByText(ROUVERT)).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('Commune', { exact: true }).fill(who.commune);
  await expect(page.getByText('Enregistré', { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('N° et voie', { exact: true })).toHaveValue(who.voie);
  await page.goto('/inscription/identite');
  await expect(page.getByLabel('Prénom', { exact: true })).toHaveValue(who.prenom);
});

test('saving goes on by itself when the server is back', async ({ ouvrir }) => {
  const page = await ouvrir({ tolerer: /Failed to load resource/ });
  const formateur = new Inscription(page, { axe: false });
  await formateur.orientation('À titre personnel');
  await page.route('**/api/**', (route) => route.abort());
  await page.getByLabel('Nom', { exact: true }).fill('Tenace');
  await formateur.next();
  await expect(page.getByRole('alert')).toContainText('Le service ne répond pas');
  await expect(page.getByText('Pas encore enregistré')).toBeVisible();
  await page.unroute('**/api/**');
  await expect(page.getByText('Enregistré', { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Nom', { exact: true })).toHaveValue('Tenace');
});

test('a server that refuses is quoted, not called silent', async ({ ouvrir }) => {
  const page = await ouvrir({ tolerer: /Failed to load resource/ });
  const formateur = new Inscription(page, { axe: false });
  await formateur.orientation('À titre personnel');
  await page.getByLabel('Nom', { exact: true }).fill('x'.repeat(40_000));
  await expect(page.getByText('Pas encore enregistré. Un des textes est trop long')).toBeVisible();
  await formateur.next();
  await expect(page.getByRole('alert')).toContainText('Un des textes est trop long');
  await expect(page.getByText('ne répond pas')).toHaveCount(0);
  await page.route('**/api/**', (route) =>
    route.fulfill({ status: 500, contentType: 'application/json', body: '"Trop de demandes : réessayez dans 12 secondes."' }),
  );
  await page.getByLabel('Nom', { exact: true }).fill('Dupont');
  await expect(page.getByText('Pas encore enregistré. Trop de demandes : réessayez dans 12 secondes.')).toBeVisible();
});

test('the state of a step follows what is typed', async ({ ouvrir }) => {
  const page = await ouvrir();
  const formateur = new Inscription(page, { axe: false });
  await atTheAddresses(formateur, personne('À titre personnel'));
  const step = page.locator('.rail').getByRole('link', { name: /^Identité/ });
  await step.click();
  await formateur.arrive('/inscription/identite', 'Identité');
  await expect(step).toContainText('complet');
  await page.getByLabel('Prénom', { exact: true }).fill('4');
  await expect(step).toContainText('à corriger');
  await page.getByLabel('Prénom', { exact: true }).fill('Anne');
  await expect(step).toContainText('complet');
});

test('the sent page follows its mail without being reloaded, and keeps the focus', async ({ ouvrir }) => {
  const page = await ouvrir();
  const formateur = new Inscription(page, { axe: false });
  await formateur.fill(personne('À titre personnel'));
  // The mail leaves within the second, so the test replaces the first answer by its state before that.
  let looks = 0;
  await page.route('**/api/read_texte*', async (route) => {
    const response = await route.fetch();
    const text = await response.text();
    if (!text.includes('suivi-courriel')) return route.fulfill({ response, body: text });
    looks += 1;
    const before = text.replace('data-part=\\"courriel\\"', 'data-part=\\"courriel\\" id=\\"courriel-attendu\\"').replace(/remis à [^<]*/, 'en cours d’envoi');
    return route.fulfill({ response, body: looks > 1 ? text : before });
  });
  await formateur.send();
  await expect(page.locator('#suivi-courriel')).toContainText('en cours d’envoi');
  // The part waits while the focus is in it.
  await page.locator('#suivi-courriel').evaluate((shown) => {
    shown.tabIndex = -1;
    shown.focus();
  });
  await page.waitForTimeout(6_000);
  await expect(page.locator('#suivi-courriel')).toContainText('en cours d’envoi');
  await bouton(page, 'Renvoyer le courriel').focus();
  await expect(page.locator('#suivi-courriel')).toContainText('remis à votre messagerie le');
  await expect(bouton(page, 'Renvoyer le courriel')).toBeFocused();
  const after = looks;
  await page.waitForTimeout(6_000);
  expect(looks, 'what has arrived is not asked for again').toBe(after);
  await expectAccessible(page);
});
