// From the front page to « Votre demande est enregistrée » without a pointer.
import { Clavier } from './pages/clavier.js';
import { personne } from './pages/inscription.js';
import { bouton, expect, ready, test } from './pages/navigateur.js';

/** The next page, without a load: its heading has the focus. */
async function arrive(page, path, heading) {
  await page.waitForURL((url) => url.pathname === path);
  const title = page.getByRole('heading', { level: 1, name: heading });
  await expect(title).toBeFocused();
  await ready(page);
}

test('the whole way by keyboard alone', async ({ ouvrir }) => {
  const page = await ouvrir();
  await page.setViewportSize({ width: 1280, height: 720 });
  const clavier = new Clavier(page);
  const who = personne('À titre personnel');

  await page.goto('/');
  await ready(page);
  await clavier.press('Tab');
  await expect(page.getByRole('link', { name: 'Aller au contenu' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
  await clavier.reach(page.getByRole('link', { name: 'M’inscrire en tant qu’agent' }));
  await page.keyboard.press('Enter');

  // Orientation: without a choice the page shows an error, and its summary leads to the first radio.
  await page.waitForURL('**/inscription');
  await ready(page);
  await clavier.reach(bouton(page, 'Continuer'));
  await page.keyboard.press('Enter');
  await expect(page.locator('#resume')).toBeFocused();
  await clavier.seen();
  await clavier.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('radio', { name: 'Par le service RH de ma collectivité' })).toBeFocused();
  await clavier.press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'À titre personnel' })).toBeChecked();
  await clavier.press('Tab');
  await page.keyboard.press('Enter');

  // Collectivité: an ordinary one from the combobox, then back to the generic one.
  await arrive(page, '/inscription/collectivite', 'Créez votre compte agent');
  const box = page.getByRole('combobox', { name: 'Collectivité' });
  await clavier.reach(box);
  await page.keyboard.press('ControlOrMeta+a');
  await clavier.type('toulouse 31');
  await expect(page.getByRole('option').first()).toBeVisible();
  await clavier.press('ArrowDown');
  await clavier.press('Escape');
  await expect(page.getByRole('listbox')).toBeHidden();
  await page.keyboard.press('ControlOrMeta+a');
  await clavier.type('generique interv');
  await expect(page.getByRole('option')).toHaveCount(1);
  await clavier.press('ArrowDown');
  await clavier.press('Enter');
  await expect(box).toHaveValue(/^Cnfpt-employeur/);
  await clavier.reach(bouton(page, 'Valider'));
  await page.keyboard.press('Enter');

  // Identité, with mistakes first.
  await arrive(page, '/inscription/identite', 'Identité');
  await clavier.write('Nom', 'R2D2');
  await clavier.reach(bouton(page, 'Suivant'));
  await page.keyboard.press('Enter');
  await expect(page.locator('#resume')).toBeFocused();
  await clavier.seen();
  await clavier.reach(page.locator('#resume').getByRole('link', { name: 'Le nom ne peut pas contenir de chiffres.' }));
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Nom', { exact: true })).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await clavier.type(who.nom);
  // Backwards, the focus enters a group without a choice by its last radio.
  await clavier.reach(page.getByRole('radio', { name: 'Je ne souhaite pas préciser' }), 'Shift+Tab');
  await page.keyboard.press('Space');
  await clavier.press('ArrowUp');
  await expect(page.getByRole('radio', { name: 'Mme' })).toBeChecked();
  await clavier.reach(page.getByRole('button', { name: 'Identique à mon nom' }));
  await page.keyboard.press('Space');
  await expect(page.getByLabel('Nom de naissance', { exact: true })).toHaveValue(who.nom);
  await clavier.write('Prénom', who.prenom);
  await clavier.write('Date de naissance', who.date);
  await page.keyboard.press('Enter');

  await arrive(page, '/inscription/coordonnees', 'Coordonnées');
  await clavier.write('Adresse de messagerie', who.courriel);
  await clavier.write('Confirmation de l’adresse de messagerie', who.courriel);
  await clavier.write('Téléphone mobile', who.mobile);
  await page.keyboard.press('Enter');

  await arrive(page, '/inscription/adresses', 'Adresses');
  await clavier.write('N° et voie', who.voie);
  await clavier.write('Code postal', who.codePostal);
  await clavier.write('Commune', who.commune);
  await page.keyboard.press('Escape');
  await clavier.reach(bouton(page, 'Suivant'));
  await page.keyboard.press('Space');

  await arrive(page, '/inscription/interlocuteurs', 'Interlocuteurs');
  await clavier.reach(bouton(page, 'Suivant'));
  await page.keyboard.press('Enter');

  await arrive(page, '/inscription/situation-professionnelle', 'Situation professionnelle');
  const statut = page.getByLabel('Statut', { exact: true });
  await clavier.reach(statut);
  await clavier.type('Tit');
  await expect(statut.locator('option:checked')).toHaveText('Titulaire');
  await clavier.write('Fonction', who.fonction);
  await page.keyboard.press('Enter');

  // The recap leads to a tab, and that tab leads back here.
  await arrive(page, '/inscription/validation', 'Validation');
  await clavier.reach(page.getByRole('link', { name: 'Modifier Coordonnées' }));
  await page.keyboard.press('Enter');
  await arrive(page, '/inscription/coordonnees', 'Coordonnées');
  await clavier.write('Téléphone fixe', '05 61 00 00 00');
  await page.keyboard.press('Enter');
  await arrive(page, '/inscription/validation', 'Validation');

  for (const label of ['J’ai lu l’information sur l’usage de mes données', 'Je certifie l’exactitude de ces renseignements']) {
    await clavier.reach(page.getByLabel(label));
    await page.keyboard.press('Space');
  }
  await clavier.reach(bouton(page, 'Valider'));
  await page.keyboard.press('Enter');
  await page.waitForURL('**/inscription/envoyee');
  await expect(page.getByRole('heading', { level: 1, name: 'Votre demande est enregistrée' })).toBeVisible();
  await clavier.press('Tab');
  expect(clavier.stops).toBeGreaterThan(60);
});
