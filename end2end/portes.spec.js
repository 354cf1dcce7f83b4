// The ways in: one's own connexions, another password, and another address.
import { linkOf, mailTo } from './courriel.js';
import { Gestion } from './pages/gestion.js';
import { Inscription, personne } from './pages/inscription.js';
import { bouton, expect, expectAccessible, ready, test } from './pages/navigateur.js';

test.describe.configure({ timeout: 120_000 });

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a connexion is closed from another browser', async ({ ouvrir }) => {
      const who = personne('Comme indépendant');
      const first = new Inscription(await ouvrir(), { javaScriptEnabled, axe: false });
      await first.signUp(who);
      const second = new Inscription(await ouvrir(), { javaScriptEnabled, axe: false });
      await second.login(who);
      const { page } = second;
      await second.arrive('/mon-compte', 'Votre demande attend sa validation');
      await expect(page.locator('.connexions li')).toHaveCount(2);
      if (javaScriptEnabled) await expectAccessible(page, 'two connexions');
      await bouton(page, 'Fermer cette connexion').click();
      await expect(page.locator('.connexions li')).toHaveCount(1);
      await expect(page.getByText('(cette connexion)')).toBeVisible();
      await first.page.goto('/mon-compte');
      await expect(first.page).toHaveURL(/\?connexion=1$/);
    });

    test('a password is changed, and the other browser is out', async ({ ouvrir }) => {
      const who = personne('Comme indépendant');
      const nouveau = 'huit cerceaux lents grenat';
      const elsewhere = new Inscription(await ouvrir(), { javaScriptEnabled, axe: false });
      await elsewhere.signUp(who);
      const here = new Inscription(await ouvrir(), { javaScriptEnabled });
      await here.login(who);
      const { page } = here;
      await here.arrive('/mon-compte', 'Votre demande attend sa validation');
      await page.getByRole('link', { name: 'Changer de mot de passe', exact: true }).click();
      await here.arrive('/mon-compte/mot-de-passe', 'Changer de mot de passe');
      const choose = async (actuel) => {
        await page.getByLabel('Mot de passe actuel', { exact: true }).fill(actuel);
        await page.getByLabel('Nouveau mot de passe', { exact: true }).fill(nouveau);
        await bouton(page, 'Changer de mot de passe').click();
      };
      await choose('ce n’est pas celui-là');
      await expect(page.locator('#resume')).toContainText('Ce n’est pas votre mot de passe actuel.');
      await here.arrive('/mon-compte/mot-de-passe', 'Changer de mot de passe');
      await choose(who.motDePasse);
      await here.arrive('/mon-compte', 'Votre demande attend sa validation');
      await expect(page.getByText('Votre mot de passe est changé.')).toBeVisible();
      await mailTo(who.courriel, /mot de passe a changé/);
      await elsewhere.page.goto('/mon-compte');
      await expect(elsewhere.page).toHaveURL(/\?connexion=1$/);
      await elsewhere.login({ ...who, motDePasse: nouveau });
      await elsewhere.arrive('/mon-compte', 'Votre demande attend sa validation');
      // The wrong password that was typed above.
      const told = elsewhere.page.getByText('Depuis votre dernière connexion, un essai de mot de passe a échoué');
      await expect(told).toBeVisible();
      if (javaScriptEnabled) await expectAccessible(elsewhere.page, 'failures told');
      await bouton(elsewhere.page, 'J’ai compris').click();
      await elsewhere.arrive('/mon-compte', 'Votre demande attend sa validation');
      await expect(told).toHaveCount(0);
    });

    test('an address is changed, and taken back by its mailbox', async ({ ouvrir }) => {
      const who = personne('À titre personnel');
      const formateur = new Inscription(await ouvrir(), { javaScriptEnabled, axe: false });
      const reference = await formateur.signUp(who);
      const gestion = new Gestion(await ouvrir(), { javaScriptEnabled, axe: false });
      await gestion.join('Aline Ferrand');
      await gestion.open(reference);
      await gestion.validate();
      await mailTo(who.courriel, /validé/);
      const { page } = formateur;
      await page.goto('/mon-compte');
      await ready(page, javaScriptEnabled);
      if (javaScriptEnabled) await expectAccessible(page, 'active');
      const nouvelle = `nouvelle.${who.courriel}`;
      await page.getByLabel('Nouvelle adresse de messagerie').fill(nouvelle);
      await page.getByLabel('Mot de passe', { exact: true }).fill(who.motDePasse);
      await bouton(page, 'Changer mon adresse').click();
      await expect(page.getByText('Un courriel est en route vers la nouvelle adresse')).toBeVisible();
      await page.goto(linkOf(await mailTo(nouvelle, /nouvelle adresse/)));
      await ready(page, javaScriptEnabled);
      if (javaScriptEnabled) await expectAccessible(page, 'to confirm');
      await bouton(page, 'Confirmer mon adresse').click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Votre adresse est changée');
      await page.goto('/mon-compte');
      await expect(page.getByRole('definition').filter({ hasText: nouvelle }).first()).toBeVisible();

      await page.goto(linkOf(await mailTo(who.courriel, /adresse de votre compte a changé/)));
      await ready(page, javaScriptEnabled);
      await bouton(page, 'Rétablir mon adresse').click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Votre adresse est rétablie');
      await mailTo(who.courriel, /nouveau mot de passe/);
      await page.goto('/mon-compte');
      await expect(page).toHaveURL(/\?connexion=1$/);
    });
  });
}
