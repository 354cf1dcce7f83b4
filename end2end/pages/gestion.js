// The gestionnaires' side.
import { invite } from '../serveur.js';
import { Telephone } from '../totp.js';
import { bouton, expect, expectAccessible, ready } from './navigateur.js';

const MOT_DE_PASSE = 'gare neige bleue trombone';
let serial = 0;

export class Gestion {
  /** `invited` makes an invitation; by default it comes from the server of the journeys. */
  constructor(page, { javaScriptEnabled = true, axe = javaScriptEnabled, invited = invite } = {}) {
    Object.assign(this, { page, javaScriptEnabled, axe, invited });
  }

  async settled() {
    await ready(this.page, this.javaScriptEnabled);
    if (this.axe) await expectAccessible(this.page);
  }

  /** Is invited on the command line, and comes in by the link and a second factor. */
  async join(nom, role = 'gestionnaire') {
    const { page } = this;
    serial += 1;
    this.courriel = `gestion.${process.pid}.${serial}@exemple.fr`;
    await page.goto(await this.invited(this.courriel, role));
    await this.settled();
    await page.getByLabel('Nom affiché').fill(nom);
    await page.getByLabel('Mot de passe', { exact: true }).fill(MOT_DE_PASSE);
    await bouton(page, 'Enregistrer mon mot de passe').click();
    await this.enrol();
  }

  /** Enters the secret of the page into a telephone, and keeps the recovery codes. */
  async enrol() {
    const { page } = this;
    await page.waitForURL((url) => url.pathname === '/gestion/second-facteur');
    await this.settled();
    this.telephone = new Telephone(await page.locator('code.secret').innerText());
    await this.enterCode();
    await page.waitForURL((url) => url.pathname === '/gestion/second-facteur/codes');
    await this.settled();
    this.recovery = await page.locator('.codes code').allInnerTexts();
    await bouton(page, 'Continuer').click();
    await page.waitForURL((url) => url.pathname === '/gestion/demandes');
    await this.settled();
  }

  async enterCode() {
    await this.page.getByLabel('Code à 6 chiffres').fill(await this.telephone.code());
    await bouton(this.page, 'Continuer').click();
  }

  /** Logs in with the code of the telephone, or with this recovery code. */
  async login(recovery = null) {
    const { page } = this;
    await page.goto('/gestion/connexion');
    await this.settled();
    await page.getByLabel('Identifiant (adresse de messagerie)').fill(this.courriel);
    await page.getByLabel('Mot de passe', { exact: true }).fill(MOT_DE_PASSE);
    await bouton(page, 'Se connecter').click();
    await page.waitForURL((url) => url.pathname === '/gestion/second-facteur');
    await this.settled();
    if (recovery) {
      await page.getByLabel('Code de secours').fill(recovery);
      await bouton(page, 'Entrer avec ce code').click();
    } else {
      await this.enterCode();
    }
    await page.waitForURL((url) => url.pathname === '/gestion/demandes');
    await this.settled();
  }

  /** Finds a request by its reference and opens it. */
  async open(reference) {
    const { page } = this;
    await page.goto(`/gestion/demandes?q=${reference}&statut=tous`);
    await this.settled();
    await page.getByRole('table', { name: 'Demandes' }).getByRole('row').last().getByRole('link').click();
    await page.waitForURL(/\/gestion\/demandes\/\d+(\?|$)/);
    await expect(page.getByText(reference)).toBeVisible();
    await this.settled();
  }

  /** The place in which an action is confirmed: a dialog, or a page without JavaScript. */
  async confirmation(action) {
    await bouton(this.page.locator('.decision'), action).click();
    const scope = this.javaScriptEnabled ? this.page.getByRole('dialog', { name: action }) : this.page.locator('main');
    await expect(bouton(scope, action)).toBeVisible();
    if (this.axe) await expectAccessible(this.page);
    return scope;
  }

  async validate() {
    await bouton(await this.confirmation('Valider'), 'Valider').click();
    await this.page.waitForURL(/decision=/);
    await this.settled();
  }

  /** Waits until the file shows the decided state. */
  async effective(statut) {
    const { page } = this;
    await expect(async () => {
      await page.reload();
      await expect(page.locator('.fiche').getByText(statut).first()).toBeVisible({ timeout: 500 });
    }).toPass({ timeout: 15_000 });
    await this.settled();
  }

  async refuse(motif, message) {
    const scope = await this.confirmation('Refuser');
    await scope.getByLabel('Motif', { exact: true }).selectOption({ label: motif });
    await scope.getByLabel('Message à la personne').fill(message);
    await bouton(scope, 'Refuser').click();
    await this.page.waitForURL(/decision=/);
    await this.settled();
  }

  /** Pins remarks on fields, by their labels. */
  async askCorrections(remarques) {
    const scope = await this.confirmation('Demander des corrections');
    for (const [champ, texte] of Object.entries(remarques)) {
      await scope.getByLabel(champ, { exact: true }).fill(texte);
    }
    await bouton(scope, 'Demander des corrections').click();
    await this.page.waitForURL(/decision=/);
    await this.settled();
  }
}
