import { linkOf, mailTo } from './courriel.js';
import { Gestion } from './pages/gestion.js';
import { Inscription, personne } from './pages/inscription.js';
import { bouton, expect, test } from './pages/navigateur.js';

const MOTIF = 'Vous relevez du cas 1';

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a refusal reaches the person with its motive', async ({ ouvrir }) => {
      const who = personne('À titre personnel');
      const formateur = new Inscription(await ouvrir(), { javaScriptEnabled, axe: false });
      const reference = await formateur.signUp(who);
      const gestion = new Gestion(await ouvrir(), { javaScriptEnabled });
      await gestion.join('Karim Belaïd');
      await gestion.open(reference);
      await gestion.refuse(MOTIF, 'Adressez-vous à <votre> service formation.');
      await gestion.effective('Refusé');

      const mail = await mailTo(who.courriel, /refus|acceptée/i);
      expect(mail.text).toContain('Adressez-vous à <votre> service formation.');
      linkOf(mail);
      await formateur.login(who);
      await formateur.arrive('/mon-compte', 'Votre demande n’a pas été acceptée');
      await expect(formateur.page.getByText('Adressez-vous à <votre> service formation.')).toBeVisible();
    });
  });
}

test('of two gestionnaires on one file, the second is told who decided', async ({ ouvrir }) => {
  const who = personne('Comme indépendant');
  const reference = await new Inscription(await ouvrir(), { axe: false }).signUp(who);
  const first = new Gestion(await ouvrir(), { axe: false });
  const second = new Gestion(await ouvrir(), { axe: false });
  await first.join('Aline Ferrand');
  await second.join('Karim Belaïd');
  await first.open(reference);
  await second.open(reference);
  await first.validate();
  await second.refuse(MOTIF, '');
  await expect(second.page.getByRole('alert')).toContainText('Aline Ferrand');
  await second.effective('Actif');
  await expect(second.page.getByRole('alert')).toContainText(/déjà «\sActif\s» par Aline Ferrand/);
  await mailTo(who.courriel, /validé/);
});

test('an account that was disconnected asks for the password again', async ({ ouvrir }) => {
  const gestion = new Gestion(await ouvrir());
  await gestion.join('Aline Ferrand');
  await gestion.page.context().clearCookies();
  await gestion.page.goto('/gestion/demandes');
  await expect(gestion.page).toHaveURL(/\/gestion\/connexion\?connexion=1$/);
  await gestion.login();
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a lost telephone is replaced by a recovery code, once', async ({ ouvrir }) => {
      const gestion = new Gestion(await ouvrir(), { javaScriptEnabled });
      await gestion.join('Aline Ferrand');
      await bouton(gestion.page, 'Se déconnecter').click();
      await gestion.login(gestion.recovery[0]);
      await mailTo(gestion.courriel, /code/i);
      await gestion.page.goto('/gestion/mes-reglages');
      await expect(gestion.page.getByText('Il vous reste 9')).toBeVisible();
    });
  });
}
