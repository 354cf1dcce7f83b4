import { linkOf, mailTo } from './courriel.js';
import { Formations, isOfferingTime } from './pages/formations.js';
import { Gestion } from './pages/gestion.js';
import { Inscription, personne } from './pages/inscription.js';
import { bouton, expect, expectAccessible, ready, test } from './pages/navigateur.js';
import { demonstration } from './serveur.js';

let serial = 0;

/** A member of the staff, with a délégation of their own. */
async function organiser(ouvrir, javaScriptEnabled) {
  const gestion = new Gestion(await ouvrir(), { javaScriptEnabled });
  await gestion.join('Aline Ferrand');
  const formations = new Formations(gestion.page, { javaScriptEnabled });
  serial += 1;
  const delegation = `Délégation ${process.pid}-${serial}`;
  await formations.addDelegation(delegation);
  return { gestion, formations, delegation };
}

/** A person whose account was just validated, signed in. */
async function validated(ouvrir, gestion, javaScriptEnabled) {
  const who = personne('Comme indépendant');
  const formateur = new Inscription(await ouvrir(), { javaScriptEnabled, axe: false });
  const reference = await formateur.signUp(who);
  await gestion.open(reference);
  await gestion.validate();
  await gestion.effective('Actif');
  const mail = await mailTo(who.courriel, /validé/);
  await formateur.login(who);
  await formateur.arrive('/mon-compte', 'Votre compte est validé');
  return { who, mail, formations: new Formations(formateur.page, { javaScriptEnabled }) };
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with WebAssembly' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });
    test.setTimeout(240_000);

    test('from the mail of the validation to a place, without a paper bulletin', async ({ ouvrir }) => {
      const { gestion, formations: staff, delegation } = await organiser(ouvrir, javaScriptEnabled);
      const intitule = await staff.publish({ delegation });
      const { who, mail, formations } = await validated(ouvrir, gestion, javaScriptEnabled);
      const { page } = formations;
      // The mail leads to the catalogue, and so does the account.
      await page.goto(linkOf(mail));
      await formations.arrive('/formations', 'Formations de formateurs');
      await page.goto('/mon-compte');
      await expect(page.getByRole('link', { name: 'Voir les formations' })).toBeVisible();
      await formations.find(intitule);
      await page.getByLabel('Ce que vous attendez de cette formation (facultatif)').fill('Animer à distance.');
      await formations.press('Me préinscrire');
      await expect(page.locator('main')).toContainText('À examiner');
      await mailTo(who.courriel, /sera examinée/);
      // A second press leads to the same row.
      const before = formations.mine;
      await formations.find(intitule);
      await expect(page.locator('main')).toContainText('Vous êtes déjà préinscrit à cette session');
      await page.getByRole('link', { name: /^PRE-/ }).click();
      await formations.arrive(before, /^Préinscription PRE-/);

      const table = await staff.list();
      await expect(table).toContainText('Animer à distance.');
      await staff.decide('Retenir');
      await expect(staff.page.getByText('1 décision enregistrée.')).toBeVisible();
      await formations.expectState('Place retenue');
      const told = await mailTo(who.courriel, /place est retenue/);
      expect(told.text).toContain('INSET de Toulouse');

      await page.getByRole('link', { name: 'Annuler ma préinscription' }).click();
      await formations.arrive(`${formations.mine}/annuler`, 'Annuler ma préinscription');
      await bouton(page, 'Annuler ma préinscription').click();
      await formations.arrive(formations.mine, /^Préinscription PRE-/);
      await expect(page.locator('main')).toContainText('Annulée');
    });

    test('a full session, its list, and the place that is freed', async ({ ouvrir }) => {
      const { gestion, formations: staff, delegation } = await organiser(ouvrir, javaScriptEnabled);
      const intitule = await staff.publish({ delegation, places: '1', attribution: 'À l’arrivée' });
      const first = await validated(ouvrir, gestion, javaScriptEnabled);
      const second = await validated(ouvrir, gestion, javaScriptEnabled);
      await first.formations.find(intitule);
      await second.formations.find(intitule);
      await first.formations.press('Me préinscrire');
      await expect(first.formations.page.locator('main')).toContainText('Place retenue');
      // Both held the page for one place.
      await second.formations.press('Me préinscrire');
      await expect(second.formations.page.locator('main')).toContainText('La dernière place vient d’être prise.');
      await expect(second.formations.page.locator('main')).toContainText('En liste d’attente');

      const { page } = first.formations;
      await page.goto(`${first.formations.mine}/annuler`);
      await bouton(page, 'Annuler ma préinscription').click();
      await first.formations.arrive(first.formations.mine, /^Préinscription PRE-/);
      if (isOfferingTime()) {
        const mail = await mailTo(second.who.courriel, /Une place se libère/);
        await second.formations.page.goto(linkOf(mail));
        await second.formations.arrive(second.formations.mine, /^Préinscription PRE-/);
        await bouton(second.formations.page, 'Accepter la place').click();
        await expect(second.formations.page.locator('main')).toContainText('elle est à vous');
      } else {
        // At night and on Sundays nobody is woken: the page says so, and a gestionnaire may call.
        await staff.list();
        await expect(staff.page.getByText('Aucune offre ne part')).toBeVisible();
        await staff.page.goto(`${staff.fiche}/preinscriptions?etat=ListeAttente`);
        await staff.decide('Retenir', { accord: true });
      }
      await second.formations.expectState('Place retenue');
    });
  });
}

test('a gestionnaire retains twenty in their order, and takes it back', async ({ ouvrir }) => {
  test.setTimeout(240_000);
  const demo = await demonstration(300, ['--sessions', '30', '--preinscriptions', '400']);
  const gestion = new Gestion(await ouvrir(), { axe: false, invited: demo.invite });
  await gestion.join('Aline Ferrand');
  const { page } = gestion;
  await page.goto(`${demo.url}/gestion/formations?a_traiter=1`);
  await ready(page);
  await expectAccessible(page);
  await page.getByRole('table', { name: 'Sessions de formation' }).getByRole('link').first().click();
  await page.getByRole('link', { name: 'Préinscriptions', exact: true }).click();
  await page.getByLabel('Combien').fill('20');
  await bouton(page, 'Retenir dans l’ordre').click();
  await expect(page.getByText('Rien n’est encore fait.')).toBeVisible();
  await expectAccessible(page);
  const accord = page.getByLabel(/^Accord recueilli/);
  if (await accord.isVisible()) await accord.check();
  await bouton(page, 'Confirmer').click();
  await expect(page.getByText(/décisions? enregistrées?\./)).toBeVisible();
  await expectAccessible(page);
  await bouton(page, 'Annuler ma décision').click();
  await expect(page.getByText(/décisions? reprises?\./)).toBeVisible();
  await demo.stop();
});
