// A mail scanner that opens links in a browser and lets their scripts run leaves them to their reader.
import { linkOf, mailTo } from './courriel.js';
import { Formulaires, fill, signUp } from './epreuves/scene/inscriptions.js';
import { Visiteur, action } from './epreuves/scene/visiteur.js';
import { bouton, expect, test } from './pages/navigateur.js';
import { invite } from './serveur.js';

const CHOISIR = 'Enregistrer mon mot de passe';
const REPRENDRE = 'Reprendre mon inscription';

/** A link of each kind that a mail brings to somebody who is not signed in, and the button of its page. */
async function links(url) {
  const visiteur = () => new Visiteur(url, false);
  const forms = new Formulaires();
  const stamp = Date.now();
  const active = `actif${stamp}@exemple.example`;
  await signUp(visiteur(), forms, active);
  const activation = linkOf(await mailTo(active, /Activez votre compte/));
  const used = new URL(activation).pathname;
  const reader = visiteur();
  const choose = action((await reader.get(used)).html, CHOISIR);
  await reader.post(choose, { token: used.split('/').pop(), mot_de_passe: 'agrafe batterie cheval lune' });
  const lost = visiteur();
  const ask = action((await lost.get('/mot-de-passe-perdu')).html, 'Recevoir un lien');
  await lost.post(ask, { courriel: active });
  const waiting = `attend${stamp}@exemple.example`;
  await signUp(visiteur(), forms, waiting);
  const drafted = visiteur();
  const draft = `brouillon${stamp}@exemple.example`;
  await fill(drafted, forms, draft);
  const save = action((await drafted.get('/inscription/validation')).html, 'Recevoir un lien pour reprendre');
  await drafted.post(save, { etape: 'validation', vers: 'lien' });
  return [
    [linkOf(await mailTo(waiting, /Activez votre compte/)), CHOISIR],
    [linkOf(await mailTo(active, /nouveau mot de passe/)), CHOISIR],
    [linkOf(await mailTo(draft, /Reprenez votre inscription/)), REPRENDRE],
    [await invite(`equipe${stamp}@exemple.example`), CHOISIR],
    [await invite(`rh${stamp}@exemple.example`, 'service-formation', process.env, 'COMMUNE:31555'), CHOISIR],
  ];
}

test('a machine that runs the scripts of a page leaves its link to its reader', async ({ ouvrir, baseURL }) => {
  for (const [link, button] of await links(baseURL)) {
    const posted = [];
    for (let turn = 0; turn < 2; turn += 1) {
      const page = await ouvrir();
      page.on('request', (request) => request.method() !== 'GET' && posted.push(request.url()));
      await page.goto(link);
      await expect(bouton(page, button)).toBeVisible();
      // The machine waits for the scripts of the page, moves about, and prints the page.
      await page.mouse.move(50, 50);
      await page.keyboard.press('Tab');
      await page.waitForTimeout(500);
      await page.screenshot();
      await page.reload();
      await expect(bouton(page, button)).toBeVisible();
    }
    expect(posted, 'no page posts by itself').toEqual([]);
    const reader = await ouvrir();
    await reader.goto(link);
    await expect(bouton(reader, button)).toBeVisible();
  }
});
