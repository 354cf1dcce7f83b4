// What every page of the product has in common for a test.
import AxeBuilder from '@axe-core/playwright';
import { expect, test as base } from '@playwright/test';

export { expect };

/**
 * Pages that fail the test on any error in the console but those a test causes (`tolerer`), and know whether JavaScript
 * runs.
 */
export const test = base.extend({
  baseURL: async ({}, use) => use(process.env.E2E_URL),
  ouvrir: async ({ browser, javaScriptEnabled, baseURL }, use) => {
    const contexts = [];
    const errors = [];
    await use(async ({ tolerer } = {}) => {
      const context = await browser.newContext({ javaScriptEnabled, baseURL, locale: 'fr-FR' });
      contexts.push(context);
      const page = await context.newPage();
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error' && !tolerer?.test(message.text())) errors.push(message.text());
      });
      return page;
    });
    for (const context of contexts) await context.close();
    expect(errors, 'errors in the console').toEqual([]);
  },
});

/** Waits until the page answers by itself; without JavaScript there is nothing to wait for. */
export async function ready(page, javaScriptEnabled = true) {
  if (javaScriptEnabled) await page.locator('html[data-hydrated]').waitFor({ state: 'attached' });
}

export async function expectAccessible(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  expect(found, `axe on ${page.url()}`).toEqual([]);
}

export const bouton = (scope, name) => scope.getByRole('button', { name, exact: true });
