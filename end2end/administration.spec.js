import { writeFile } from 'node:fs/promises';
import { linkOf, mailTo } from './courriel.js';
import { Gestion } from './pages/gestion.js';
import { expectAccessibleInEveryMode } from './pages/modes.js';
import { bouton, expect, ready, test } from './pages/navigateur.js';

test.describe.configure({ timeout: 180_000 });

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a file is looked at before it is imported, and its entry is renamed', async ({ ouvrir }, testInfo) => {
      const gestion = new Gestion(await ouvrir(), { javaScriptEnabled, axe: false });
      const { page } = gestion;
      await gestion.join('Aline Ferrand');
      const code = `S${process.pid}${javaScriptEnabled ? 1 : 2}`;
      const file = testInfo.outputPath(`${code}.csv`);
      const header = 'type;code;nom;siren;departement;codes_postaux;population\n';
      await writeFile(file, `${header}SYNDICAT;${code};Syndicat ${code};;31;31000;\n`);
      await page.goto('/gestion/collectivites/import');
      await page.getByLabel('Fichier').setInputFiles(file);
      await bouton(page, 'Voir ce qui changerait').click();
      await expect(page.getByText(`Syndicat ${code} (SYNDICAT:${code})`)).toBeVisible();
      if (javaScriptEnabled) await expectAccessibleInEveryMode(page, 'report');
      await bouton(page, 'Importer').click();
      await page.getByLabel('Nom, code postal ou SIREN').fill(code);
      await bouton(page, 'Chercher').click();
      await page.getByRole('link', { name: `Syndicat ${code}` }).click();
      await page.getByLabel('Nouveau nom').fill(`Régie ${code}`);
      await bouton(page, 'Renommer').click();
      await expect(page.getByText(`anciennement Syndicat ${code}`)).toBeVisible();
    });

    test('a member is invited by mail', async ({ ouvrir }) => {
      const gestion = new Gestion(await ouvrir(), { javaScriptEnabled, axe: false });
      await gestion.join('Aline Ferrand', 'administrateur');
      const courriel = `invitee.${process.pid}.${javaScriptEnabled}@exemple.fr`;
      await gestion.page.goto('/gestion/equipe');
      await gestion.page.getByLabel('Adresse de messagerie').fill(courriel);
      await bouton(gestion.page, 'Inviter').click();
      await expect(gestion.page.getByText('Invitation envoyée')).toBeVisible();
      const invited = await ouvrir();
      await invited.goto(linkOf(await mailTo(courriel, /accès à la gestion/)));
      await expect(invited.getByLabel('Nom affiché')).toBeVisible();
    });
  });
}

test('every page around the queue, in every mode', async ({ ouvrir }) => {
  const gestion = new Gestion(await ouvrir(), { axe: false });
  const { page } = gestion;
  await gestion.join('Aline Ferrand', 'administrateur');
  for (const at of [
    'collectivites?q=toulouse',
    'collectivites/nouvelle?erreur=saisie&champs=type-nom',
    'collectivites/import?erreur=vide',
    'collectivites/40',
    'motifs',
    'motifs/nouveau',
    'motifs/1',
    'courriels?volet=remis',
    'statistiques',
    'equipe?erreur=adresse',
    'mes-reglages?fait=enregistre',
    'mes-reglages/mot-de-passe?erreur=passe',
    'journal',
  ]) {
    await page.goto(`/gestion/${at}`);
    await ready(page);
    await expectAccessibleInEveryMode(page, 'as opened');
  }
});
