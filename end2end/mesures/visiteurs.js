// Cookies of those who look at a page: a draft with every tab filled in, an account, a gestionnaire.
import { Gestion } from '../pages/gestion.js';
import { Inscription, personne } from '../pages/inscription.js';

/** The cookies of a browser once `act` has been done in it, as a header. */
async function cookies(browser, base, act) {
  const context = await browser.newContext({ baseURL: base, locale: 'fr-FR' });
  await act(await context.newPage());
  const kept = await context.cookies();
  await context.close();
  return kept.map(({ name, value }) => `${name}=${value}`).join('; ');
}

export const brouillon = (browser, base) =>
  cookies(browser, base, (page) => new Inscription(page, { axe: false }).fill(personne('À titre personnel')));

export const compte = (browser, base) =>
  cookies(browser, base, (page) => new Inscription(page, { axe: false }).signUp(personne('À titre personnel')));

export const gestionnaire = (browser, base) =>
  cookies(browser, base, (page) => new Gestion(page, { axe: false }).join('Aline Ferrand'));
