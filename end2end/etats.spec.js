// axe in every state of a page, and in every way to look at it. The journeys check the pages that they pass through.
import { linkOf, mailTo } from './courriel.js';
import { Gestion } from './pages/gestion.js';
import { Inscription, personne } from './pages/inscription.js';
import { expectAccessibleInEveryMode } from './pages/modes.js';
import { bouton, expect, ready, test } from './pages/navigateur.js';

const TABS = ['identite', 'coordonnees', 'adresses', 'interlocuteurs', 'situation-professionnelle', 'validation'];

async function look(page, paths) {
  for (const path of paths) {
    await page.goto(path);
    await ready(page);
    await expectAccessibleInEveryMode(page, 'as opened');
  }
}

test.describe.configure({ timeout: 180_000 });

test('the pages without a connexion', async ({ ouvrir }) => {
  await look(await ouvrir(), [
    '/',
    '/?erreur=identifiants',
    '/?erreur=delai&minutes=2',
    '/?connexion=1',
    '/?deconnecte=1',
    '/aide',
    '/accessibilite',
    '/donnees-personnelles',
    '/mentions-legales',
    '/plan-du-site',
    '/mot-de-passe-perdu',
    '/mot-de-passe-perdu?envoye=1',
    '/mot-de-passe-perdu?erreur=adresse',
    '/mot-de-passe/inconnu',
    '/gestion/connexion',
    '/gestion/connexion?erreur=identifiants',
    '/adresse/inconnu',
    '/activation/inconnu',
    '/invitation/inconnu',
    '/reprendre/inconnu',
    '/suivi',
    '/suivi?erreur=inconnue',
    '/suivi/inconnu',
    '/inscription',
    '/inscription?erreur=choix',
    '/inscription?efface=1',
    '/inscription/service-rh',
    '/inscription/service-rh?q=saint-denis',
    '/inscription/service-rh?q=zzzz',
    '/inscription/service-rh?cle=COMMUNE:31555',
  ]);
});

test('the pages of a sign-up', async ({ ouvrir }) => {
  const page = await ouvrir();
  const formateur = new Inscription(page, { axe: false });
  await formateur.orientation('Comme indépendant');
  await look(page, [
    '/inscription/collectivite',
    '/inscription/collectivite?erreur=vide',
    '/inscription/collectivite?q=Saint-Denis&erreur=plusieurs',
    '/inscription/collectivite?ordinaire=COMMUNE:31555',
    '/inscription/annuler',
    ...TABS.flatMap((tab) => [`/inscription/${tab}`, `/inscription/${tab}?verifier=1`]),
  ]);

  await page.goto('/inscription/collectivite');
  await ready(page);
  await page.getByRole('combobox', { name: 'Collectivité' }).fill('toul');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expectAccessibleInEveryMode(page, 'combobox open');

  await page.goto('/inscription/coordonnees');
  await ready(page);
  await page.getByLabel('Adresse de messagerie', { exact: true }).fill('anne@gmial.com');
  await expect(page.getByText('Vouliez-vous dire')).toBeVisible();
  await page.getByLabel('Téléphone mobile', { exact: true }).fill('12');
  await page.keyboard.press('Tab');
  await expect(page.getByText('Le numéro comporte 10 chiffres')).toBeVisible();
  await expectAccessibleInEveryMode(page, 'a suggestion and a message while typing');

  await page.goto('/inscription/adresses');
  await ready(page);
  await page.getByLabel('Code postal', { exact: true }).fill('31000');
  await page.getByLabel('Commune', { exact: true }).fill('Albi');
  await expect(page.getByText('Ce code postal est celui de')).toBeVisible();
  await expectAccessibleInEveryMode(page, 'another commune');

  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByText('Étape 3 sur 6').first().click();
  await expectAccessibleInEveryMode(page, 'steps open on a phone');
});

test('the pages after the sending, and those of the gestionnaires', async ({ ouvrir }) => {
  const page = await ouvrir();
  const who = personne('À titre personnel');
  const formateur = new Inscription(page, { axe: false });
  await formateur.fill(who);
  await expectAccessibleInEveryMode(page, 'recap filled in');
  const reference = await formateur.send();
  await look(page, ['/inscription/envoyee', '/inscription/envoyee?renvoye=1', '/inscription/envoyee?erreur=adresse']);
  const link = linkOf(await mailTo(who.courriel, /^\[IEL\] Activez/));
  await look(page, [link, `${link}?erreur=faible`]);
  await formateur.activate(who);
  await expectAccessibleInEveryMode(page, 'waiting');
  await look(page, ['/mon-compte?espace=autre', '/mon-compte/donnees', '/mon-compte/donnees/effacer', link]);

  const gestion = new Gestion(await ouvrir(), { axe: false });
  await gestion.join('Aline Ferrand');
  await look(gestion.page, ['/gestion/demandes?statut=tous', '/gestion/demandes?q=zzzz']);
  await gestion.open(reference);
  const file = new URL(gestion.page.url()).pathname;
  await look(gestion.page, [file, `${file}?decision=deja`, `${file}/valider`, `${file}/refuser?erreur=motif`]);
  for (const action of ['Valider', 'Refuser']) {
    await gestion.page.goto(file);
    await ready(gestion.page);
    await bouton(gestion.page.locator('.decision'), action).click();
    await expect(gestion.page.getByRole('dialog', { name: action })).toBeVisible();
    await expectAccessibleInEveryMode(gestion.page, `dialog ${action}`);
  }
});
