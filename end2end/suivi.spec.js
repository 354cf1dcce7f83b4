import { linkOf, mailTo } from './courriel.js';
import { Gestion } from './pages/gestion.js';
import { Inscription, personne } from './pages/inscription.js';
import { expectAccessibleInEveryMode } from './pages/modes.js';
import { bouton, expect, expectAccessible, ready, test } from './pages/navigateur.js';

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a request is corrected where it was asked, and goes back to the queue', async ({ ouvrir }) => {
      const who = personne('À titre personnel');
      const formateur = new Inscription(await ouvrir(), { javaScriptEnabled, axe: false });
      const { page } = formateur;
      const reference = await formateur.signUp(who);
      const gestion = new Gestion(await ouvrir(), { javaScriptEnabled });
      await gestion.join('Aline Ferrand');
      await gestion.open(reference);
      await gestion.askCorrections({ 'Code postal': 'Ce code n’est pas celui de votre commune.' });

      const mail = await mailTo(who.courriel, /à compléter/);
      expect(mail.text).toContain('Code postal');
      await page.goto(linkOf(mail));
      await ready(page, javaScriptEnabled);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Corriger ma demande');
      if (javaScriptEnabled) await expectAccessibleInEveryMode(page, 'correction');
      await page.getByRole('link', { name: 'Corriger « Adresses »' }).click();
      await ready(page, javaScriptEnabled);
      const postcode = page.getByLabel('Code postal', { exact: true });
      await expect(postcode).toHaveAccessibleDescription(/Ce code n’est pas celui de votre commune/);
      if (javaScriptEnabled) await expectAccessibleInEveryMode(page, 'correction');
      await postcode.fill('315');
      await bouton(page, 'Enregistrer').click();
      await expect(page).toHaveTitle(/^Erreur : Adresses/);
      if (javaScriptEnabled) await expectAccessibleInEveryMode(page, 'correction');
      await page.getByLabel('Code postal', { exact: true }).fill('31500');
      await bouton(page, 'Enregistrer').click();
      await expect(page.getByText('Vous répondez : 31500')).toBeVisible();
      await bouton(page, 'Renvoyer ma demande').click();
      await formateur.arrive('/mon-compte', 'Votre demande attend sa validation');
      await mailTo(who.courriel, /corrections sont bien reçues/);

      await gestion.open(reference);
      await expect(gestion.page.getByRole('row', { name: /Code postal/ })).toContainText('31500');
      await gestion.validate();
    });
  });
}

test('a request is followed by reference and address, and taken back', async ({ ouvrir }) => {
  const who = personne('Comme indépendant');
  const formateur = new Inscription(await ouvrir(), { axe: false });
  const reference = await formateur.signUp(who);
  const page = await ouvrir();
  await page.goto('/');
  await page.getByRole('link', { name: 'Suivre ma demande sans me connecter' }).click();
  await ready(page);
  await expectAccessible(page);
  const follow = async (typed) => {
    await page.getByLabel('Référence').fill(typed);
    await page.getByLabel('Adresse de messagerie').fill(who.courriel);
    await bouton(page, 'Suivre ma demande').click();
    await ready(page);
  };
  await follow('IEL-0000-0000');
  await expect(page.getByRole('alert')).toContainText('Aucune demande ne correspond');
  await expectAccessible(page);
  await follow(reference.toLowerCase());
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Votre demande attend sa validation');
  await expectAccessible(page);
  // A reader with the reference and the address may be the service formation that presented an agent. Only the person
  // sees the mails.
  await expect(page.getByText('Nos courriels')).toHaveCount(0);

  const own = formateur.page;
  await expect(own.getByText(/Accusé de réception\s: /)).toBeVisible();
  await own.getByRole('link', { name: 'Accusé de réception de ma demande' }).click();
  await ready(own);
  await expect(own.getByRole('heading', { level: 1 })).toHaveText('Accusé de réception');
  await expectAccessibleInEveryMode(own, 'account');
  await own.goto('/mon-compte');
  await own.getByRole('link', { name: 'Retirer ma demande' }).click();
  await ready(own);
  await expectAccessibleInEveryMode(own, 'account');
  await bouton(own, 'Retirer ma demande').click();
  await expect(own.getByRole('heading', { level: 1 })).toHaveText('Votre demande est retirée');
  await own.goto('/mon-compte');
  await formateur.arrive('/', 'Se connecter');
});
