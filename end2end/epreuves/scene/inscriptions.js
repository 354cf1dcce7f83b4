// A whole sign-up by plain HTTP, and the activation that follows. Nothing counts as done before an answer says so.
import { Rouge } from './verdict.js';
import { action } from './visiteur.js';

const EMPLOYEUR = 'Cnfpt-employeur Generique Intervenants (31)';
export const MOT_DE_PASSE = 'agrafe batterie cheval lune';

/** An answer that a person would not call a success. */
export class Refus extends Rouge {
  constructor(where, { status, location }) {
    super(`${where} was answered ${status} ${location}`);
    Object.assign(this, { status, location });
  }
}

/**
 * Whether an answer says « momentanément indisponible »: a page of status 503, or the redirect of a form to such a
 * page.
 */
export const isUnavailable = ({ status, location }) => status === 503 || (status === 302 && /[?&]erreur=indisponible/.test(location));

const onglets = (courriel) => [
  ['identite', { civilite: 'mme', nom: 'Ferrand-Éluard', nom_naissance: 'Éluard', prenom: 'Maëlle', date_naissance: '07/03/1980' }],
  ['coordonnees', { courriel, confirmation: courriel, mobile: '06 12 34 56 78', fixe: '' }],
  ['adresses', { pays: 'FR', voie: '12 rue des Lilas', complement: '', lieu_dit: '', code_postal: '31000', commune: 'Toulouse' }],
  ['interlocuteurs', {}],
  ['situation-professionnelle', { statut: 'titulaire', fonction: 'Formatrice en finances locales', siret: '', domaines: '' }],
  ['validation', { information: 'on', certification: 'on' }],
];

/** The addresses of the forms, read from the pages once, or at every visit. */
export class Formulaires {
  constructor() {
    this.known = new Map();
  }

  async of(visiteur, page, button, again = false) {
    const key = `${page.replace(/[\w.-]{30,}|\d+/g, '…')} ${button}`;
    if (again || !this.known.has(key)) {
      const answer = await visiteur.get(page);
      const found = action(answer.html, button);
      if (answer.status !== 200 || !found) throw new Refus(`GET ${page}`, answer);
      this.known.set(key, found);
    }
    return this.known.get(key);
  }
}

async function go(visiteur, form, fields, expected) {
  const answer = await visiteur.post(form, fields);
  if (answer.status !== 302 || answer.location.split('?')[0] !== expected) throw new Refus(`POST towards ${expected}`, answer);
  return answer;
}

/** Goes through the sign-up up to the last button. `everyPage` looks at each page, as a person does. */
export async function fill(visiteur, forms, courriel, everyPage = false) {
  const of = (page, button) => forms.of(visiteur, page, button, everyPage);
  await go(visiteur, await of('/inscription', 'Continuer'), { cas: 'personnel' }, '/inscription/collectivite');
  const chosen = { collectivite: EMPLOYEUR };
  await go(visiteur, await of('/inscription/collectivite', 'Valider'), chosen, '/inscription/identite');
  const steps = onglets(courriel);
  for (const [at, [etape, champs]] of steps.slice(0, -1).entries()) {
    const fields = { etape, vers: 'suivant' };
    for (const [name, value] of Object.entries(champs)) fields[`champs[${name}]`] = value;
    await go(visiteur, await of(`/inscription/${etape}`, 'Suivant'), fields, `/inscription/${steps[at + 1][0]}`);
  }
}

/** Sends a draft: once this returns, the person was told. */
export async function send(visiteur, forms, everyPage = false) {
  const form = await forms.of(visiteur, '/inscription/validation', 'Valider', everyPage);
  const fields = { etape: 'validation', vers: 'suivant', 'champs[information]': 'on', 'champs[certification]': 'on' };
  return go(visiteur, form, fields, '/inscription/envoyee');
}

/** The reference on the last page, or null when the page does not show it. */
export async function acknowledged(visiteur) {
  const { status, html } = await visiteur.get('/inscription/envoyee');
  if (status !== 200 || !html.includes('Votre demande est enregistrée')) return null;
  return html.match(/IEL-[0-9A-Z]{4}-[0-9A-Z]{4}/)?.[0] ?? null;
}

/** Signs a person up, from nothing to the reference. */
export async function signUp(visiteur, forms, courriel, everyPage = false) {
  await fill(visiteur, forms, courriel, everyPage);
  await send(visiteur, forms, everyPage);
  return acknowledged(visiteur);
}

/** Opens a mailed link and chooses the password. */
export async function activate(visiteur, forms, link) {
  const { pathname } = new URL(link);
  const form = await forms.of(visiteur, pathname, 'Enregistrer mon mot de passe');
  await go(visiteur, form, { token: pathname.split('/').pop(), mot_de_passe: MOT_DE_PASSE }, '/mon-compte');
}
