// Every kind of caller, kept alive: a request may end a caller's connexion or account.
import { gestionnaire, invited } from './equipe.js';
import { Formulaires, activate, fill, signUp } from './inscriptions.js';
import { wait } from './programme.js';
import { rejette } from './verdict.js';
import { Visiteur } from './visiteur.js';

/** A kind of caller, and the page that answers 200 to it alone. */
const KINDS = {
  personne: '/',
  brouillon: '/inscription/identite',
  formateur: '/mon-compte',
  service: '/service-formation',
  attente: '/gestion/second-facteur',
  gestionnaire: '/gestion/demandes',
  administrateur: '/gestion/equipe',
};
export const kinds = Object.keys(KINDS);

export class Appelants {
  constructor(programme, puits) {
    Object.assign(this, { programme, puits, forms: new Formulaires(), serial: 0, renewed: 0, of: {} });
    // A new connection each time: a kept one would be closed while the others are tried.
    this.agent = false;
  }

  async link(courriel, page) {
    for (let turn = 0; turn < 300; turn += 1) {
      const found = this.puits.letters.findLast(({ to, link }) => to === courriel && link?.includes(`/${page}/`));
      if (found) return found.link;
      await wait(50);
    }
    return rejette(`no mail with a link to /${page}/ came to ${courriel}`);
  }

  async make(kind) {
    const courriel = `${kind}${(this.serial += 1)}@exemple.example`;
    const { programme, agent, forms } = this;
    const visiteur = new Visiteur(programme.url, agent);
    if (kind === 'brouillon') await fill(visiteur, forms, courriel);
    if (kind === 'formateur') {
      await signUp(visiteur, forms, courriel);
      await activate(visiteur, forms, await this.link(courriel, 'activation'));
    }
    if (kind === 'service') return invited(programme, agent, await programme.invite(courriel, 'service-formation', '--collectivite', 'COMMUNE:31555'));
    if (kind === 'attente') return invited(programme, agent, await programme.invite(courriel));
    if (kind === 'gestionnaire' || kind === 'administrateur') return gestionnaire(programme, agent, courriel, kind);
    return visiteur;
  }

  /** Replaces the callers whom a request has shut out. */
  async revive() {
    for (const [kind, page] of Object.entries(KINDS)) {
      if (this.of[kind] && (await this.of[kind].get(page)).status === 200) continue;
      if (!this.of[kind]) {
        this.of[kind] = await this.make(kind);
        continue;
      }
      // A request may have closed the way in too, by archiving or renaming a collectivité. The former caller then
      // stays.
      const next = await this.make(kind).catch(() => null);
      if (next) [this.of[kind], this.renewed] = [next, this.renewed + 1];
    }
  }

  cookies(kind) {
    return [...this.of[kind].cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Values that exist. Some of them will be used up on the way. */
  async known() {
    const courriel = `attend${(this.serial += 1)}@exemple.example`;
    const reference = await signUp(new Visiteur(this.programme.url, this.agent), this.forms, courriel);
    const links = [await this.link(courriel, 'activation'), await this.programme.invite('invite@exemple.example')];
    return { token: links.map((link) => link.split('/').pop()), reference: [reference], courriel: [courriel, 'formateur1@exemple.example'] };
  }
}
