// Helpers that the tests of all pages share.
import { appendFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, test as base } from '@playwright/test';

export { expect };

/**
 * Fails the test on any error in the console, except those that the test itself causes (`tolerer`). Knows whether
 * JavaScript runs.
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
      page.on('pageerror', (error) => tolerer?.test(error.message) || errors.push(error.message));
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

/** `state` names the state of the page, for the count at the end of the run. */
export async function expectAccessible(page, state = 'light') {
  // The legacy mode spares a page opened for each check; it only misses frames, and there are none.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  expect(found, `axe on ${page.url()}, ${state}`).toEqual([]);
  const { pathname, search } = new URL(page.url());
  appendFileSync(process.env.E2E_STATES, `${pathname.replace(/[\w.-]{30,}|\d+/g, '…')}${search} ${state}\n`);
}

export const bouton = (scope, name) => scope.getByRole('button', { name, exact: true });
