// The ways a page may be looked at, and what must hold in each.
import { expect, expectAccessible } from './navigateur.js';

const WIDE = { width: 1280, height: 900 };

const MODES = {
  light: {},
  dark: { media: { colorScheme: 'dark' } },
  // Windows calls it a contrast theme.
  'forced colours': { media: { forcedColors: 'active' } },
  // A window of 1280 × 1024 pixels at 400 %.
  '400 %': { size: { width: 320, height: 256 } },
};

/** The least spacing a person may ask for (WCAG 1.4.12; RGAA 10.12). */
const SPACING = '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }';

/** axe in every mode, and nothing that scrolls sideways or is cut. `media` of the page ends as it began. */
export async function expectAccessibleInEveryMode(page, state) {
  for (const [mode, { media = {}, size = WIDE }] of Object.entries(MODES)) {
    // A colour that changes to another would be measured half-way.
    await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', reducedMotion: 'reduce', ...media });
    await page.setViewportSize(size);
    await expectAccessible(page, `${state}, ${mode}`);
    await expectNoSidewaysScroll(page, `${state}, ${mode}`);
  }
  await expectRoomForSpacing(page, state);
  await page.setViewportSize(WIDE);
}

async function expectNoSidewaysScroll(page, state) {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow, `${page.url()}, ${state}`).toBeLessThanOrEqual(0);
}

/** At 320 pixels, with the letters and lines spread: a label taller than its box would be cut. */
async function expectRoomForSpacing(page, state) {
  const cut = await page.evaluate((spacing) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(spacing);
    document.adoptedStyleSheets.push(sheet);
    const wide = document.documentElement.scrollWidth - window.innerWidth;
    const clipped = [...document.querySelectorAll('main *')].filter((element) => {
      const { overflowY } = getComputedStyle(element);
      return overflowY === 'hidden' && element.scrollHeight > element.clientHeight + 1 && !element.matches('.hors-ecran, .hors-ecran *, thead, input');
    });
    document.adoptedStyleSheets.pop();
    return { wide: Math.max(wide, 0), clipped: clipped.map(({ outerHTML }) => outerHTML.slice(0, 80)) };
  }, SPACING);
  expect(cut, `spacing on ${page.url()}, ${state}`).toEqual({ wide: 0, clipped: [] });
}
