// The staff by plain HTTP: in by an invitation and a second factor; a gestionnaire decides.
import { totp } from '../../totp.js';
import { Refus } from './inscriptions.js';
import { Visiteur, action, hidden } from './visiteur.js';

const MOT_DE_PASSE = 'onze tramways bleus sous la pluie';

/** Fills in the form of a page with this word on its button. */
export async function submit(visiteur, page, button, fields) {
  const { html } = await visiteur.get(page);
  const form = action(html, button);
  if (!form) throw new Error(`${page} has no form « ${button} »`);
  return visiteur.post(form, typeof fields === 'function' ? fields(html) : fields);
}

/** Follows the link of an invitation. A member of the staff then has still to enrol a second factor. */
export async function invited(programme, agent, link) {
  const visiteur = new Visiteur(programme.url, agent);
  const page = new URL(link).pathname;
  const answers = { token: page.split('/').pop(), nom: 'Camille Roux', mot_de_passe: MOT_DE_PASSE };
  await submit(visiteur, page, 'Enregistrer mon mot de passe', answers);
  return visiteur;
}

export async function gestionnaire(programme, agent, courriel = 'camille@cnfpt.example', role = 'gestionnaire') {
  const visiteur = await invited(programme, agent, await programme.invite(courriel, role));
  const code = (html) => ({ code: totp(html.match(/<code class="secret">(.*?)<\/code>/s)[1].replace(/<[^>]*>/g, '')) });
  const entered = await submit(visiteur, '/gestion/second-facteur', 'Continuer', code);
  if (entered.location !== '/gestion/second-facteur/codes') throw new Refus('second factor', entered);
  await submit(visiteur, '/gestion/second-facteur/codes', 'Continuer', {});
  return visiteur;
}

/** Validates the request of this reference. Returns whether an answer said it was done. */
export async function validate(visiteur, reference) {
  const { html } = await visiteur.get(`/gestion/demandes?q=${reference}&statut=tous`);
  const id = html.match(/\/gestion\/demandes\/(\d+)/)?.[1];
  if (!id) throw new Error(`${reference} is not in the queue`);
  const fields = (page) => ({ id, version: hidden(page, 'version'), retour: hidden(page, 'retour') ?? '' });
  const answer = await submit(visiteur, `/gestion/demandes/${id}/valider`, 'Valider', fields);
  return answer.status === 302 && answer.location.includes('decision=');
}
