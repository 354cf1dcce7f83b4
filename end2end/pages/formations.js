// The sessions of training, as the staff makes them and as a person finds them.
import { bouton, expect, expectAccessible, ready } from './navigateur.js';

/** A day so many days from now, as a field of a browser has it. */
export function day(after) {
  return new Date(Date.now() + after * 86_400_000).toISOString().slice(0, 10);
}

/** Whether the machine offers places at this moment, as far as the hour and the day say. Holidays aside. */
export function isOfferingTime() {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/Paris', weekday: 'short', hour: 'numeric', hourCycle: 'h23',
  }).formatToParts(new Date());
  const of = (type) => parts.find((part) => part.type === type).value;
  return of('weekday') !== 'Sun' && Number(of('hour')) >= 8 && Number(of('hour')) < 20;
}

let serial = 0;

export class Formations {
  constructor(page, { javaScriptEnabled = true, axe = javaScriptEnabled } = {}) {
    Object.assign(this, { page, javaScriptEnabled, axe });
  }

  async arrive(path, heading) {
    await this.page.waitForURL((url) => (path instanceof RegExp ? path.test(url.pathname) : url.pathname === path));
    await expect(this.page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
    await ready(this.page, this.javaScriptEnabled);
    if (this.axe) await expectAccessible(this.page);
  }

  async addDelegation(nom) {
    const { page } = this;
    await page.goto('/gestion/delegations');
    await this.arrive('/gestion/delegations', 'Délégations');
    await page.getByLabel('Nom', { exact: true }).fill(nom);
    await page.getByLabel('Courriel', { exact: true }).fill('delegation@exemple.fr');
    await page.getByLabel('Téléphone', { exact: true }).fill('05 62 11 38 00');
    await bouton(page, 'Ajouter').click();
    await expect(page.getByRole('table', { name: 'Délégations' })).toContainText(nom);
  }

  /** Makes a session and publishes it. Gives its title. */
  async publish({ delegation, places = '2', attribution = 'Sur examen' }) {
    const { page } = this;
    serial += 1;
    const intitule = `Animer une formation ${process.pid}-${serial}`;
    await page.goto('/gestion/formations');
    await this.arrive('/gestion/formations', 'Sessions de formation');
    await page.getByRole('link', { name: 'Nouvelle session' }).click();
    await this.arrive('/gestion/formations/nouvelle', 'Nouvelle session');
    await page.getByLabel('Code', { exact: true }).fill(`FF-${process.pid}-${serial}`);
    await page.getByLabel('Intitulé', { exact: true }).fill(intitule);
    await page.getByLabel('Objectifs', { exact: true }).fill('Concevoir une séance.\n\n- l’animer\n- l’évaluer');
    await page.getByLabel('Délégation organisatrice').selectOption({ label: delegation });
    await page.getByLabel('Places', { exact: true }).fill(places);
    await page.getByLabel('Attribution', { exact: true }).selectOption({ label: attribution });
    await page.getByLabel('Date limite', { exact: true }).fill(day(20));
    const first = page.getByRole('group', { name: 'Séance 1' });
    await first.getByLabel('Date', { exact: true }).fill(day(40));
    await first.getByLabel('Début', { exact: true }).fill('09:00');
    await first.getByLabel('Fin', { exact: true }).fill('12:30');
    await first.getByLabel('Lieu', { exact: true }).fill('INSET de Toulouse');
    await first.getByLabel('Commune', { exact: true }).fill('Toulouse');
    await bouton(page, 'Ajouter une séance').click();
    // What was typed is there, and the new séance beside it.
    const second = page.getByRole('group', { name: 'Séance 2' });
    await second.getByLabel('Date', { exact: true }).fill(day(41));
    await expect(page.getByLabel('Intitulé', { exact: true })).toHaveValue(intitule);
    await bouton(page, 'Enregistrer').last().click();
    await this.arrive(/^\/gestion\/formations\/\d+$/, intitule);
    await bouton(page, 'Publier').click();
    await expect(page.getByText('Session publiée')).toBeVisible();
    await expect(page.getByText('Places disponibles').first()).toBeVisible();
    this.fiche = new URL(page.url()).pathname;
    return intitule;
  }

  /** The list of the préinscriptions of the session that was published. */
  async list() {
    await this.page.goto(`${this.fiche}/preinscriptions`);
    await this.arrive(`${this.fiche}/preinscriptions`, /^Préinscriptions/);
    return this.page.getByRole('table', { name: 'Préinscriptions' });
  }

  /** Ticks every row shown, and does it, once what it would do was read. */
  async decide(geste, { accord = false } = {}) {
    const { page } = this;
    for (const box of await page.getByRole('checkbox', { name: /^Sélectionner/ }).all()) await box.check();
    await bouton(page, geste).click();
    await this.arrive(`${this.fiche}/preinscriptions/lot`, geste);
    await expect(page.getByText('Rien n’est encore fait.')).toBeVisible();
    if (accord) await page.getByLabel(/^Accord recueilli/).check();
    await bouton(page, 'Confirmer').click();
    await this.arrive(`${this.fiche}/preinscriptions`, /^Préinscriptions/);
  }

  /** Finds a session by its title, from the catalogue, and opens it. */
  async find(intitule) {
    const { page } = this;
    await page.goto('/formations');
    await this.arrive('/formations', 'Formations de formateurs');
    await page.getByLabel('Rechercher une formation').fill(intitule);
    await bouton(page, 'Filtrer').click();
    await page.getByRole('heading', { level: 2, name: intitule }).getByRole('link').click();
    await this.arrive(/^\/formations\/[^/]+\/\d+$/, intitule);
  }

  /** Presses, and lands on the page of the préinscription. */
  async press(button) {
    await bouton(this.page, button).click();
    await this.arrive(/^\/mon-compte\/preinscriptions\/PRE-/, /^Préinscription PRE-/);
    this.mine = new URL(this.page.url()).pathname;
  }

  async expectState(words) {
    await this.page.goto(this.mine);
    await this.arrive(this.mine, /^Préinscription PRE-/);
    await expect(this.page.locator('main')).toContainText(words);
  }
}
