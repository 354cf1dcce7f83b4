// The service formation of a collectivité (cas 1).
import { invite } from '../serveur.js';
import { bouton, expect, expectAccessible, ready } from './navigateur.js';

const MOT_DE_PASSE = 'bocal parapluie ficelle orange';
let serial = 0;

export class ServiceFormation {
  constructor(page, { javaScriptEnabled = true, axe = javaScriptEnabled } = {}) {
    Object.assign(this, { page, javaScriptEnabled, axe });
    serial += 1;
    this.courriel = `rh.${process.pid}.${serial}@toulouse.example`;
  }

  async arrive(path, heading) {
    await this.page.waitForURL((url) => (path instanceof RegExp ? path.test(url.pathname) : url.pathname === path));
    await expect(this.page.getByRole('heading', { level: 1, name: heading, exact: true })).toBeVisible();
    await ready(this.page, this.javaScriptEnabled);
    if (this.axe) await expectAccessible(this.page);
  }

  /** Is invited on the command line, and comes in by the link. */
  async join(collectivite) {
    const { page } = this;
    await page.goto(await invite(this.courriel, 'service-formation', process.env, collectivite));
    await this.arrive(/\/invitation\//, 'Bienvenue, service formation');
    await page.getByLabel('Mot de passe', { exact: true }).fill('court');
    await bouton(page, 'Enregistrer mon mot de passe').click();
    await expect(page.getByRole('alert').getByText('12 caractères')).toBeVisible();
    await page.getByLabel('Mot de passe', { exact: true }).fill(MOT_DE_PASSE);
    await bouton(page, 'Enregistrer mon mot de passe').click();
    await this.arrive('/service-formation', 'Nos agents');
  }

  async login(espace = 'Service formation d’une collectivité') {
    const { page } = this;
    await page.goto('/');
    await this.arrive('/', 'Se connecter');
    await page.getByRole('radio', { name: espace }).check();
    await page.getByLabel('Identifiant (adresse de messagerie)').fill(this.courriel);
    await page.getByLabel('Mot de passe', { exact: true }).fill(MOT_DE_PASSE);
    await bouton(page, 'Se connecter').click();
    await this.arrive('/service-formation', 'Nos agents');
  }

  async next(heading) {
    await bouton(this.page, 'Suivant').click();
    await this.arrive(/^\/service-formation\/inscriptions\/[^/]+\/[a-z-]+$/, heading);
  }

  /** Fills the tabs in, up to the last one. */
  async fill(who) {
    const { page } = this;
    await bouton(page, 'Inscrire un agent').click();
    await this.arrive(/\/identite$/, 'Identité');
    await page.getByRole('group', { name: 'Civilité' }).getByRole('radio', { name: who.civilite, exact: true }).check();
    await page.getByLabel('Nom', { exact: true }).fill(who.nom);
    await page.getByLabel('Nom de naissance', { exact: true }).fill(who.naissance);
    await page.getByLabel('Prénom', { exact: true }).fill(who.prenom);
    await page.getByLabel('Date de naissance', { exact: true }).fill(who.date);
    await this.next('Coordonnées');
    await page.getByLabel('Adresse de messagerie', { exact: true }).fill(who.courriel);
    await page.getByLabel('Confirmation de l’adresse de messagerie').fill(who.courriel);
    await page.getByLabel('Téléphone mobile', { exact: true }).fill(who.mobile);
    await this.next('Adresses');
    const work = page.getByRole('group', { name: 'Adresse professionnelle' });
    await page.getByLabel('N° et voie', { exact: true }).first().fill(who.voie);
    await page.getByLabel('Code postal', { exact: true }).first().fill(who.codePostal);
    await page.getByLabel('Commune', { exact: true }).first().fill(who.commune);
    await work.getByLabel('N° et voie', { exact: true }).fill('1 place du Capitole');
    await work.getByLabel('Code postal', { exact: true }).fill('31000');
    await work.getByLabel('Commune', { exact: true }).fill('Toulouse');
    await this.next('Interlocuteurs');
    await expect(page.getByLabel('Correspondant formation')).toHaveValue('Service formation de la collectivité');
    await page.getByLabel('Nom du responsable hiérarchique', { exact: true }).fill('Moreau');
    await page.getByLabel('Prénom du responsable hiérarchique').fill('Léa');
    await page.getByLabel('Courriel du responsable hiérarchique').fill('lea.moreau@toulouse.example');
    await this.next('Situation professionnelle');
    await page.getByLabel('Statut', { exact: true }).selectOption({ label: 'Titulaire' });
    await page.getByLabel('Cadre d’emplois', { exact: true }).selectOption({ label: 'Attachés territoriaux' });
    await page.getByLabel('Grade', { exact: true }).selectOption({ label: 'rédacteur' });
    await page.getByLabel('Fonction', { exact: true }).fill(who.fonction);
    await page.getByLabel('Service', { exact: true }).fill('Direction des finances');
    await this.next('Situation professionnelle');
    await expect(page.locator('#resume')).toContainText('Ce grade n’appartient pas au cadre d’emplois choisi.');
    await page.getByLabel('Grade', { exact: true }).selectOption({ label: 'attaché principal' });
    await this.next('Validation');
  }

  /** Returns the reference. */
  async send() {
    const { page } = this;
    await bouton(page, 'Valider').click();
    await this.arrive('/service-formation', 'Nos agents');
    return (await page.getByRole('status').first().innerText()).match(/IEL-[0-9A-Z]{4}-[0-9A-Z]{4}/)[0];
  }

  row(reference) {
    return this.page.getByRole('table', { name: 'Agents présentés' }).getByRole('row', { name: new RegExp(reference) });
  }
}
