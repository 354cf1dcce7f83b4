// A person who has a keyboard and nothing else. Every stop of the focus must be seen.
import { expect } from '@playwright/test';

export class Clavier {
  constructor(page) {
    Object.assign(this, { page, stops: 0 });
  }

  async press(key) {
    await this.page.keyboard.press(key);
    await this.seen();
  }

  async type(text) {
    await this.page.keyboard.type(text);
  }

  /** The element that has the focus, and whether a ring shows it inside the window. */
  async focused() {
    return this.page.evaluate(() => {
      const element = document.activeElement;
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      return {
        what: `${element.tagName.toLowerCase()} ${element.id || element.textContent.trim().slice(0, 40)}`,
        ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
        inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
      };
    });
  }

  async seen() {
    this.stops += 1;
    const at = await this.focused();
    // Past the last link, the focus leaves the page for the browser's own bars.
    if (at.what.startsWith('body ')) return;
    expect(at, `the focus is seen at ${this.page.url()}`).toMatchObject({ ring: true, inside: true });
  }

  /** Tabs on until `locator` has the focus. */
  async reach(locator, key = 'Tab') {
    for (let step = 0; step < 60; step += 1) {
      if (await locator.evaluate((element) => element === document.activeElement)) return;
      await this.press(key);
    }
    throw new Error(`${locator} is out of reach of the keyboard: ${(await this.focused()).what}`);
  }

  async write(label, text) {
    await this.reach(this.page.getByLabel(label, { exact: true }));
    await this.type(text);
  }
}
