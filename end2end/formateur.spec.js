import { linkOf, mailTo } from './courriel.js';
import { Gestion } from './pages/gestion.js';
import { Inscription, personne } from './pages/inscription.js';
import { bouton, expect, expectAccessible, ready, test } from './pages/navigateur.js';

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with WebAssembly' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    for (const cas of ['À titre personnel', 'Comme indépendant']) {
      test(`a formateur signs up, is validated and logs in: ${cas}`, async ({ ouvrir }) => {
        const who = personne(cas);
        const formateur = new Inscription(await ouvrir(), { javaScriptEnabled });
        const reference = await formateur.signUp(who);
        const receipt = await mailTo(who.courriel, /^\[IEL\]/);
        expect(receipt.text).toContain(reference);

        const gestion = new Gestion(await ouvrir(), { javaScriptEnabled });
        await gestion.join('Aline Ferrand');
        await gestion.open(reference);
        await gestion.validate();
        await gestion.effective('Actif');
        linkOf(await mailTo(who.courriel, /validé/));

        // The wrong radio never blocks: the person is routed and told.
        await formateur.login(who, 'Service formation d’une collectivité');
        await formateur.arrive('/mon-compte', 'Votre compte est validé');
        await expect(formateur.page.getByText('cet identifiant est celui d’un agent')).toBeVisible();
        await bouton(formateur.page, 'Se déconnecter').click();
        await formateur.arrive('/', 'Se connecter');
        await formateur.page.goto('/mon-compte');
        await formateur.arrive('/', 'Se connecter');
      });
    }

    test('a tab says what is wrong and keeps what was typed', async ({ ouvrir }) => {
      const page = await ouvrir();
      const formateur = new Inscription(page, { javaScriptEnabled });
      await formateur.orientation('À titre personnel');
      await page.getByLabel('Nom', { exact: true }).fill('R2D2');
      await page.getByLabel('Date de naissance', { exact: true }).fill('31/02/1980');
      await formateur.next();
      await page.waitForURL(/verifier=1/);
      await expect(page).toHaveTitle(/^Erreur : Identité/);
      const summary = page.locator('#resume');
      await expect(summary.getByRole('link')).toHaveCount(5);
      await expect(summary).toContainText('Le nom ne peut pas contenir de chiffres.');
      await expect(page.getByLabel('Nom', { exact: true })).toHaveValue('R2D2');
      await expect(page.getByLabel('Date de naissance', { exact: true })).toHaveValue('31/02/1980');
      if (javaScriptEnabled) await expectAccessible(page);
      await page.reload();
      await expect(page.getByLabel('Nom', { exact: true })).toHaveValue('R2D2');
    });

    test('a lost password is replaced, and its link serves once', async ({ ouvrir }) => {
      const who = personne('À titre personnel');
      const page = await ouvrir();
      const formateur = new Inscription(page, { javaScriptEnabled, axe: false });
      await formateur.signUp(who);
      await page.goto('/mot-de-passe-perdu');
      await ready(page, javaScriptEnabled);
      await page.getByLabel('Adresse de messagerie', { exact: true }).fill(who.courriel);
      await bouton(page, 'Recevoir un lien').click();
      await expect(page.getByText('un courriel est en route')).toBeVisible();

      const link = linkOf(await mailTo(who.courriel, /nouveau mot de passe/));
      await page.goto(link);
      await ready(page, javaScriptEnabled);
      await page.getByLabel('Mot de passe', { exact: true }).fill('court');
      await bouton(page, 'Enregistrer mon mot de passe').click();
      await expect(page.getByRole('alert').getByText('12 caractères')).toBeVisible();
      if (javaScriptEnabled) await expectAccessible(page);
      await page.getByLabel('Mot de passe', { exact: true }).fill('tortue cerise wagon plume');
      await bouton(page, 'Enregistrer mon mot de passe').click();
      await formateur.arrive('/mon-compte', 'Votre demande attend sa validation');
      await mailTo(who.courriel, /changé|modifié/);

      await page.goto(link);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ce lien a déjà servi');
      await formateur.login(who);
      await expect(page.getByText('ne correspond pas')).toBeVisible();
    });

    test('an ordinary collectivité is cas 1, and one click leads back', async ({ ouvrir }) => {
      const page = await ouvrir();
      const formateur = new Inscription(page, { javaScriptEnabled });
      await formateur.orientation('À titre personnel');
      await page.goto('/inscription/collectivite');
      await ready(page, javaScriptEnabled);
      if (javaScriptEnabled) {
        const box = page.getByRole('combobox', { name: 'Collectivité' });
        await box.fill('st etienne 42');
        const option = page.getByRole('option', { name: /^Saint-Étienne \(Commune, 42/ });
        await expect(option).toBeVisible();
        await expectAccessible(page);
        await box.press('ArrowDown');
        await box.press('Enter');
        await expect(box).toHaveValue(/^Saint-Étienne \(Commune/);
        await bouton(page, 'Valider').click();
      } else {
        await page.locator('#collectivite').fill('Saint-Denis');
        await bouton(page, 'Valider').click();
        await page.getByRole('radio', { name: /^Saint-Denis \(Commune, 93/ }).check();
        await bouton(page, 'Valider').click();
      }
      await expect(page.getByRole('heading', { name: /inscription par le service RH/ })).toBeVisible();
      if (javaScriptEnabled) await expectAccessible(page);
      await page.getByRole('button', { name: /Continuer avec/ }).click();
      await formateur.arrive('/inscription/identite', 'Identité');
    });

    test('« Annuler » erases the answers', async ({ ouvrir }) => {
      const page = await ouvrir();
      const formateur = new Inscription(page, { javaScriptEnabled });
      await formateur.orientation('Comme indépendant');
      await bouton(page, 'Annuler').click();
      await formateur.arrive('/inscription/annuler', 'Annuler votre inscription');
      await bouton(page, 'Effacer mes réponses').click();
      await formateur.arrive('/inscription', 'Comment vous inscrivez-vous');
      await page.goto('/inscription/identite');
      await formateur.arrive('/inscription', 'Comment vous inscrivez-vous');
    });
  });
}

test('a wrong address is corrected from the sent page', async ({ ouvrir }) => {
  const wrong = personne('À titre personnel');
  const right = { ...wrong, courriel: wrong.courriel.replace('maelle', 'juste') };
  const page = await ouvrir();
  const formateur = new Inscription(page, { axe: false });
  await formateur.fill(wrong);
  await formateur.send();
  const dead = linkOf(await mailTo(wrong.courriel, /Activez/));
  await page.getByText('Mon adresse est fausse').click();
  await page.getByLabel('Nouvelle adresse de messagerie').fill(right.courriel);
  await bouton(page, 'Corriger mon adresse').click();
  await expect(page.getByText('j•••@exemple.fr')).toBeVisible();
  await expectAccessible(page);
  await formateur.activate(right);
  await page.goto(dead);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Ce lien/);
});

test('cas 1 leads to an explanation', async ({ ouvrir }) => {
  const page = await ouvrir();
  await page.goto('/inscription');
  await ready(page);
  await page.getByRole('radio', { name: 'Par le service RH de ma collectivité' }).check();
  await bouton(page, 'Continuer').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Votre collectivité vous inscrit');
  await expectAccessible(page);
});
