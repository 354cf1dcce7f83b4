// Bad input: no page does anything that its Content-Security-Policy forbids, in a real browser, script or not.
//   node epreuves/politique.js --browser=chromium|firefox [--sabotage=script]
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../serveur.js';
import { gestionnaire, invited, submit } from './scene/equipe.js';
import { Formulaires, MOT_DE_PASSE, activate, fill, signUp } from './scene/inscriptions.js';
import { engine } from './scene/moteurs.js';
import { navigateur } from './scene/navigateurs.js';
import { Programme, wait } from './scene/programme.js';
import { Puits } from './scene/puits.js';
import { exige, rejette, sizes, trial } from './scene/verdict.js';
import { Visiteur, connections } from './scene/visiteur.js';

const size = sizes({ browser: 'chromium', sabotage: '' });
/** The addresses of the pages, as the program declares them. */
function routes() {
  const source = readFileSync(path.join(root, 'app/src/register.rs'), 'utf8');
  const found = [...source.matchAll(/^ {4}\("(\/[^"]*)", Place::/gm)].map(([, route]) => route);
  exige(found.length > 50, `the pages can't be read from the program: ${found.length}`);
  return found;
}

const shape = (route) => new RegExp(`^${route.replace(/:[a-z]+/g, '[^/]+')}$`);

/** Every kind of visitor, with the pages that each starts from. */
async function people(programme, puits) {
  const agent = connections(1);
  const forms = new Formulaires();
  const visiteur = () => new Visiteur(programme.url, agent);
  const link = async (word, to) => {
    for (let tries = 0; tries < 150; tries += 1) {
      const found = puits.letters.findLast((letter) => letter.to === to && letter.link?.includes(word));
      if (found) return new URL(found.link).pathname;
      await wait(100);
    }
    return rejette(`no mail with ${word} came to ${to}`);
  };
  const camille = await gestionnaire(programme, agent, 'camille@cnfpt.example', 'administrateur');
  // A person who is filling in a form, and one who has just sent it.
  const hesitante = visiteur();
  await fill(hesitante, forms, 'hesitante@exemple.example');
  const envoyee = visiteur();
  await signUp(envoyee, forms, 'envoyee@exemple.example');
  const activation = await link('/activation/', 'envoyee@exemple.example');

  // A formateur with corrections to make, who also lost the password.
  const formateur = visiteur();
  const reference = await signUp(formateur, forms, 'formateur@exemple.example');
  await activate(formateur, forms, programme.url + (await link('/activation/', 'formateur@exemple.example')));
  const { html } = await camille.get(`/gestion/demandes?q=${reference}&statut=tous`);
  const id = html.match(/\/gestion\/demandes\/(\d+)/)[1];
  const asked = { 'remarques[identite.nom]': 'Votre nom d’usage, comme sur votre carte d’agent.' };
  const hidden = (page) => Object.fromEntries([...page.matchAll(/<input type="hidden" name="(id|version|retour)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]));
  await submit(camille, `/gestion/demandes/${id}/corrections`, 'Demander des corrections', (page) => ({ ...hidden(page), ...asked }));
  await submit(visiteur(), '/mot-de-passe-perdu', 'Recevoir un lien', { courriel: 'formateur@exemple.example' });
  const reset = await link('/mot-de-passe/', 'formateur@exemple.example');
  const { location: suivi } = await submit(visiteur(), '/suivi', 'Suivre ma demande', { courriel: 'formateur@exemple.example', reference });

  // A service formation, and somebody who was invited to be one.
  const collectivite = 'COMMUNE:31555';
  for (const courriel of ['service@toulouse.example', 'autre@toulouse.example']) await submit(camille, '/gestion/services-formation', 'Inviter', { collectivite, courriel });
  const service = visiteur();
  const invitation = await link('/invitation/', 'service@toulouse.example');
  const answers = { token: invitation.split('/').pop(), mot_de_passe: MOT_DE_PASSE };
  await submit(service, invitation, 'Enregistrer mon mot de passe', answers);
  const other = await link('/invitation/', 'autre@toulouse.example');
  const newcomer = await invited(programme, agent, await programme.invite('nouvelle@cnfpt.example'));

  return [
    ['nobody', visiteur(), ['/', '/plan-du-site', '/compte-efface', activation, reset, suivi, other, '/activation/rien', '/reprendre/rien', '/adresse/rien', '/suivi', '/formations', '/nulle-part']],
    ['who fills in a form', hesitante, ['/inscription', '/inscription/identite?verifier=1', '/inscription/annuler', '/inscription/validation']],
    ['who has sent one', envoyee, ['/inscription/envoyee']],
    ['a formateur', formateur, ['/mon-compte', '/mon-compte/retirer', '/mon-compte/donnees/effacer', '/formations', '/mon-compte/preinscriptions', '/mon-compte/preinscriptions/PRE-0000-0000', '/mon-compte/preinscriptions/PRE-0000-0000/annuler']],
    ['a service formation', service, ['/service-formation', '/service-formation/inscriptions/rien/effacer', '/service-formation/inscriptions/rien/identite', '/service-formation/agents/IEL-0000-0000/retirer']],
    ['a newcomer', newcomer, ['/gestion/second-facteur', '/gestion/connexion']],
    ['an administrateur', camille, ['/gestion/demandes?statut=tous', '/gestion/second-facteur/codes', '/gestion/motifs', '/gestion/collectivites?q=toulouse', '/gestion/collectivites/nouvelle', '/gestion/demandes/lot?verdict=valider&id=1&id=2', '/gestion/formations/1/preinscriptions/lot?geste=retenir&combien=2', `/gestion/demandes/${id}/comparer/1`, ...['rouvrir', 'suspendre', 'retablir', 'valider', 'refuser', 'corrections'].map((act) => `/gestion/demandes/${id}/${act}`)]],
  ];
}

/** Every page that links lead to, one or two of each kind. */
async function* pages(visiteur, starts, kinds) {
  const queue = [...starts];
  const known = new Set(queue);
  const seen = {};
  while (queue.length > 0) {
    const page = queue.shift();
    const kind = kinds.find((route) => shape(route).test(page.split('?')[0])) ?? 'elsewhere';
    seen[kind] = (seen[kind] ?? 0) + 1;
    if (seen[kind] > 2 && !starts.includes(page)) continue;
    const answer = await visiteur.get(page);
    exige(answer.status < 500, `${page} is answered ${answer.status}`);
    if (answer.headers['content-disposition']) continue;
    yield [page, kind];
    for (const [, href] of answer.html.matchAll(/href="(\/[^"#]*)/g)) {
      const link = href.replaceAll('&amp;', '&');
      if (!known.has(link) && !/\.[a-z0-9]+$/.test(link)) queue.push(link);
      known.add(link);
    }
  }
}

await trial(`the policy of every page, in ${size.browser}`, async (clean) => {
  const base = await engine('sqlite', clean);
  const puits = await new Puits().listen();
  clean(() => puits.close());
  const programme = await Programme.in(base.folder, { IEL_DATABASE_URL: base.url, IEL_MAIL_URL: puits.url, IEL_PREINSCRIPTION__ACTIVE: 'true', RUST_LOG: 'warn' });
  await programme.run('demo', '--comptes', '60', '--sessions', '30', '--preinscriptions', '40');
  await programme.start();
  clean(() => programme.kill());
  const browser = await navigateur(size.browser);
  clean(() => browser.close());
  const all = routes();
  const visited = new Set();
  const told = [];
  let count = 0;

  for (const [who, visiteur, starts] of await people(programme, puits)) {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    await page.evaluateOnNewDocument((sabotage) => {
      window.refused = [];
      document.addEventListener('securitypolicyviolation', (event) => window.refused.push(`${event.violatedDirective} ${event.blockedURI}`));
      if (sabotage) addEventListener('load', () => document.body.appendChild(Object.assign(document.createElement('script'), { textContent: '1' })));
    }, size.sabotage === 'script');
    let at = '';
    page.on('pageerror', (error) => told.push(`${at} (${who}): ${error.message}`));
    page.on('console', (message) => /Content.Security.Policy|Refused to/i.test(message.text()) && told.push(`${at} (${who}): ${message.text()}`));
    for await (const [address, kind] of pages(visiteur, starts, all)) {
      at = address;
      const { hostname: domain } = new URL(programme.url);
      await context.setCookie(...[...visiteur.cookies].map(([name, value]) => ({ name, value, domain, path: '/' })));
      await page.goto(programme.url + address, { waitUntil: 'load' });
      const landed = all.find((route) => shape(route).test(new URL(page.url()).pathname));
      const awake = await page.waitForFunction(() => document.documentElement.dataset.hydrated !== undefined, { timeout: 15_000 }).catch(() => null);
      exige(awake, `${address} is not taken over by WebAssembly in ${size.browser}`);
      for (const refused of await page.evaluate(() => window.refused)) told.push(`${address} (${who}): ${refused}`);
      visited.add(kind).add(landed);
      count += 1;
    }
    await context.close();
  }
  const missed = all.filter((route) => !visited.has(route));
  exige(told.length === 0, `${told.length} refusals or errors: ${[...new Set(told)].slice(0, 5).join(' | ')}`);
  exige(missed.length === 0, `pages were not visited: ${missed}`);
  console.log(`${count} visits with ${await browser.version()}, every kind of page, ${all.length}`);
});
