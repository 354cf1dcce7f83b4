// The way of a formateur, from the front page to the account.
import { linkOf, mailTo } from '../courriel.js';
import { bouton, expect, expectAccessible, ready } from './navigateur.js';

let serial = 0;

/** A plausible person, with an address of their own. */
export function personne(cas, changes = {}) {
  serial += 1;
  return {
    cas,
    civilite: 'Mme',
    nom: 'Ferrand-Éluard',
    naissance: 'Éluard',
    prenom: 'Maëlle',
    date: '07/03/1980',
    courriel: `maelle.${process.pid}.${serial}@exemple.fr`,
    mobile: '06 12 34 56 78',
    voie: '12 rue des Lilas',
    codePostal: '31000',
    commune: 'Toulouse',
    statut: cas === 'Comme indépendant' ? 'Profession libérale' : 'Titulaire',
    fonction: 'Formatrice en finances locales',
    siret: cas === 'Comme indépendant' ? '732 829 320 00074' : null,
    motDePasse: 'agrafe batterie cheval lune',
    ...changes,
  };
}

export class Inscription {
  constructor(page, { javaScriptEnabled = true, axe = javaScriptEnabled } = {}) {
    Object.assign(this, { page, javaScriptEnabled, axe });
  }

  async arrive(path, heading) {
    await this.page.waitForURL((url) => url.pathname === path);
    await expect(this.page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
    await ready(this.page, this.javaScriptEnabled);
    if (this.axe) await expectAccessible(this.page);
  }

  async next() {
    await bouton(this.page, 'Suivant').click();
  }

  async orientation(cas) {
    await this.page.goto('/');
    await this.arrive('/', 'Se connecter');
    await this.page.getByRole('link', { name: 'M’inscrire en tant qu’agent' }).click();
    await this.arrive('/inscription', 'Comment vous inscrivez-vous');
    await this.page.getByRole('radio', { name: cas, exact: true }).check();
    await bouton(this.page, 'Continuer').click();
    await this.arrive('/inscription/collectivite', 'Créez votre compte agent');
    await expect(this.page.locator('#collectivite')).toHaveValue('Cnfpt-employeur Generique Intervenants (31)');
    await bouton(this.page, 'Valider').click();
    await this.arrive('/inscription/identite', 'Identité');
  }

  async identite({ civilite, nom, naissance, prenom, date }) {
    const { page } = this;
    await page.getByRole('group', { name: 'Civilité' }).getByRole('radio', { name: civilite, exact: true }).check();
    await page.getByLabel('Nom', { exact: true }).fill(nom);
    await page.getByLabel('Nom de naissance', { exact: true }).fill(naissance);
    await page.getByLabel('Prénom', { exact: true }).fill(prenom);
    await page.getByLabel('Date de naissance', { exact: true }).fill(date);
  }

  async fill(who) {
    const { page } = this;
    await this.orientation(who.cas);
    await this.identite(who);
    await this.next();
    await this.arrive('/inscription/coordonnees', 'Coordonnées');
    await page.getByLabel('Adresse de messagerie', { exact: true }).fill(who.courriel);
    await page.getByLabel('Confirmation de l’adresse de messagerie').fill(who.courriel);
    await page.getByLabel('Téléphone mobile', { exact: true }).fill(who.mobile);
    await this.next();
    await this.arrive('/inscription/adresses', 'Adresses');
    await expect(page.getByLabel('Pays', { exact: true })).toHaveValue('FR');
    await page.getByLabel('N° et voie', { exact: true }).fill(who.voie);
    await page.getByLabel('Code postal', { exact: true }).fill(who.codePostal);
    await page.getByLabel('Commune', { exact: true }).fill(who.commune);
    await this.next();
    await this.arrive('/inscription/interlocuteurs', 'Interlocuteurs');
    await expect(page.getByLabel('Correspondant formation')).toHaveValue('Responsable formation CNFPT');
    await expect(page.getByLabel(/Responsable hiérarchique/)).toHaveCount(0);
    await this.next();
    await this.arrive('/inscription/situation-professionnelle', 'Situation professionnelle');
    await page.getByLabel('Statut', { exact: true }).selectOption({ label: who.statut });
    await page.getByLabel('Fonction', { exact: true }).fill(who.fonction);
    if (who.siret) await page.getByLabel('SIRET', { exact: true }).fill(who.siret);
    else await expect(page.getByLabel('SIRET', { exact: true })).toHaveCount(0);
    await this.next();
    await this.arrive('/inscription/validation', 'Validation');
    await expect(page.getByText(who.courriel)).toBeVisible();
  }

  /** Ticks both boxes and sends. Returns the reference. */
  async send() {
    const { page } = this;
    await page.getByLabel('J’ai lu l’information sur l’usage de mes données').check();
    await page.getByLabel('Je certifie l’exactitude de ces renseignements').check();
    await bouton(page, 'Valider').click();
    await this.arrive('/inscription/envoyee', 'Votre demande est enregistrée');
    return (await page.locator('main').innerText()).match(/IEL-[0-9A-Z]{4}-[0-9A-Z]{4}/)[0];
  }

  /** Opens the mailed link and chooses the password. */
  async activate({ courriel, motDePasse }) {
    const { page } = this;
    await page.goto(linkOf(await mailTo(courriel, /^\[IEL\] Activez/)));
    await ready(page, this.javaScriptEnabled);
    if (this.axe) await expectAccessible(page);
    await page.getByLabel('Mot de passe', { exact: true }).fill(motDePasse);
    await bouton(page, 'Enregistrer mon mot de passe').click();
    await this.arrive('/mon-compte', 'Votre demande attend sa validation');
  }

  /** Signs a person up, until the request is in the queue. Returns the reference. */
  async signUp(who) {
    await this.fill(who);
    const reference = await this.send();
    await this.activate(who);
    return reference;
  }

  async login({ courriel, motDePasse }, espace = 'Agent travaillant dans une collectivité') {
    const { page } = this;
    await page.goto('/');
    await this.arrive('/', 'Se connecter');
    await page.getByRole('radio', { name: espace }).check();
    await page.getByLabel('Identifiant (adresse de messagerie)').fill(courriel);
    await page.getByLabel('Mot de passe', { exact: true }).fill(motDePasse);
    await bouton(page, 'Se connecter').click();
  }
}
