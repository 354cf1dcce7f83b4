// A draft with every tab filled in, and the cookie that opens it.
import { Inscription, personne } from '../pages/inscription.js';

export async function brouillon(browser, base) {
  const context = await browser.newContext({ baseURL: base, locale: 'fr-FR' });
  await new Inscription(await context.newPage(), { axe: false }).fill(personne('À titre personnel'));
  const cookies = await context.cookies();
  await context.close();
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}
