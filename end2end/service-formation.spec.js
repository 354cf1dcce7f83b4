import { linkOf, mailTo } from './courriel.js';
import { Gestion } from './pages/gestion.js';
import { Inscription, personne } from './pages/inscription.js';
import { expectAccessibleInEveryMode } from './pages/modes.js';
import { bouton, expect, expectAccessible, ready, test } from './pages/navigateur.js';
import { ServiceFormation } from './pages/service-formation.js';

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });
    // Each mode has its own service formation, because one sees what its colleagues presented.
    const [cle, nom] = javaScriptEnabled ? ['COMMUNE:31555', 'Toulouse'] : ['COMMUNE:69123', 'Lyon'];

    test('a service formation presents an agent, who reads it all and certifies it', async ({ ouvrir }) => {
      const service = new ServiceFormation(await ouvrir(), { javaScriptEnabled });
      await service.join(cle);
      await expect(service.page.getByText('Vous n’avez encore présenté aucun agent.')).toBeVisible();
      await bouton(service.page, 'Se déconnecter').click();
      // The wrong radio never blocks.
      await service.login('Agent travaillant dans une collectivité');
      await expect(service.page.getByText('cet identifiant est celui d’un service formation')).toBeVisible();

      const who = personne('Par le service RH de ma collectivité');
      await service.fill(who);
      await expect(service.page.getByText('Attachés territoriaux (catégorie A)')).toBeVisible();
      if (javaScriptEnabled) await expectAccessibleInEveryMode(service.page, 'recap of an agent');
      const reference = await service.send();
      await expect(service.row(reference)).toContainText('En attente d’activation');
      if (javaScriptEnabled) await expectAccessibleInEveryMode(service.page, 'agents');

      const agent = await ouvrir();
      const mail = await mailTo(who.courriel, /Activez/);
      expect(mail.text).toContain(nom);
      await agent.goto(linkOf(mail));
      await ready(agent, javaScriptEnabled);
      await expect(agent.locator('main')).toContainText(`${nom} (Commune`);
      await agent.getByLabel('Mot de passe', { exact: true }).fill(who.motDePasse);
      await bouton(agent, 'Enregistrer mon mot de passe').click();
      await expect(agent.locator('#resume')).toContainText('Cochez cette case pour continuer.');
      await ready(agent, javaScriptEnabled);
      if (javaScriptEnabled) await expectAccessible(agent);
      await agent.getByLabel('J’ai lu l’information sur l’usage de mes données').check();
      await agent.getByLabel('Mot de passe', { exact: true }).fill(who.motDePasse);
      await bouton(agent, 'Enregistrer mon mot de passe').click();
      const compte = new Inscription(agent, { javaScriptEnabled });
      await compte.arrive('/mon-compte/corrections', 'Relisez votre demande');
      await expect(agent.locator('main')).not.toContainText('Attachés territoriaux');
      if (javaScriptEnabled) await expectAccessibleInEveryMode(agent, 'the birth date before the review');
      await agent.getByLabel('Date de naissance').fill('01/02/1970');
      await bouton(agent, 'Afficher mes renseignements').click();
      await expect(agent.locator('#resume')).toContainText('Il vous reste 4 essais.');
      await ready(agent, javaScriptEnabled);
      await agent.getByLabel('Date de naissance').fill(who.date);
      await bouton(agent, 'Afficher mes renseignements').click();
      await expect(agent.locator('main')).toContainText('Attachés territoriaux (catégorie A)');
      await compte.arrive('/mon-compte/corrections', 'Relisez votre demande');
      if (javaScriptEnabled) await expectAccessibleInEveryMode(agent, 'the review');
      await agent.getByRole('link', { name: 'Corriger', exact: true }).click();
      await compte.arrive('/mon-compte/corrections/identite', 'Identité');
      await agent.getByLabel('Prénom', { exact: true }).fill('Anne-Lise');
      await bouton(agent, 'Enregistrer').click();
      await compte.arrive('/mon-compte/corrections/coordonnees', 'Coordonnées');
      await agent.getByRole('link', { name: 'Revenir à la relecture' }).click();
      await compte.arrive('/mon-compte/corrections', 'Relisez votre demande');
      await expect(agent.locator('main')).toContainText('Anne-Lise');
      await bouton(agent, 'Tout est exact').click();
      await compte.arrive('/mon-compte', 'Votre demande attend sa validation');
      await mailTo(who.courriel, /bien reçue/);

      const gestion = new Gestion(await ouvrir(), { javaScriptEnabled });
      await gestion.join('Aline Ferrand');
      await gestion.open(reference);
      await expect(gestion.page.getByText('Présenté par', { exact: true })).toBeVisible();
      await expect(gestion.page.getByRole('table', { name: 'Ce qui a changé' })).toContainText('Anne-Lise');
      await expect(gestion.page.getByText(`${service.courriel}, service formation de ${nom}`)).not.toHaveCount(0);
      await gestion.validate();
      await gestion.effective('Actif');
      await service.page.goto('/service-formation');
      await expect(service.row(reference)).toContainText('Actif');

      await service.row(reference).getByRole('link', { name: /N’est plus notre agent/ }).click();
      await service.arrive(/\/retirer$/, 'N’est plus notre agent');
      await bouton(service.page, 'N’est plus notre agent').click();
      await service.arrive('/service-formation', 'Nos agents');
      await expect(service.page.getByText('L’agent n’est plus dans votre liste.')).toBeVisible();
    });
  });
}

test('a sign-up begun for an agent is taken up again, and erased', async ({ ouvrir }) => {
  const service = new ServiceFormation(await ouvrir({ tolerer: /404/ }));
  const { page } = service;
  await service.join('COMMUNE:38185');
  await bouton(page, 'Inscrire un agent').click();
  await service.arrive(/\/identite$/, 'Identité');
  await page.getByLabel('Nom', { exact: true }).fill('R2D2');
  await bouton(page, 'Suivant').click();
  await page.waitForURL(/verifier=1/);
  await expect(page).toHaveTitle(/^Erreur : Identité/);
  await expectAccessibleInEveryMode(page, 'an agent, faulty');
  await page.getByLabel('Prénom', { exact: true }).fill('Anaïs');
  await bouton(page, 'Enregistrer et revenir à nos agents').click();
  await service.arrive('/service-formation', 'Nos agents');
  await expectAccessibleInEveryMode(page, 'agents, one begun');
  await page.getByRole('link', { name: /Reprendre.*Anaïs R2D2/ }).click();
  await service.arrive(/\/identite$/, 'Identité');
  await expect(page.getByLabel('Nom', { exact: true })).toHaveValue('R2D2');
  await bouton(page, 'Annuler').click();
  await service.arrive(/\/effacer$/, 'Effacer cette inscription ?');
  await bouton(page, 'Effacer').click();
  await service.arrive('/service-formation', 'Nos agents');
  await expect(page.getByRole('link', { name: /Reprendre/ })).toHaveCount(0);
  await page.goto('/service-formation/inscriptions/rien/identite');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Cette page n’existe pas');
});
