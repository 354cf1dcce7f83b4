// The palette itself: text at 7:1 (AAA), outlines and the focus ring at 3:1, in both schemes.
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';

const TEXT = [
  ['encre', 'papier'], ['encre', 'fond'], ['encre', 'accent-doux'], ['encre', 'erreur-doux'], ['encre', 'succes-doux'],
  ['encre-2', 'papier'], ['encre-2', 'fond'], ['encre-2', 'accent-doux'],
  ['accent', 'papier'], ['accent', 'fond'], ['accent', 'accent-doux'], ['sur-accent', 'accent'],
  ['erreur', 'papier'], ['erreur', 'fond'], ['erreur', 'accent-doux'], ['erreur', 'erreur-doux'],
];
const OUTLINES = [
  ['trait', 'papier'], ['trait', 'fond'], ['accent', 'papier'], ['erreur', 'papier'], ['succes', 'papier'],
  ['focus', 'papier'], ['focus', 'fond'], ['focus', 'erreur-doux'],
];

function luminance(hex) {
  const [r, g, b] = hex.match(/[0-9a-f]{2}/gi).map((pair) => {
    const c = parseInt(pair, 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ratio(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const [, light, dark] = readFileSync(new URL('../style/base.css', import.meta.url), 'utf8').split(':root');

for (const [scheme, css] of [['light', light], ['dark', dark]]) {
  test(`the ${scheme} palette is read without effort`, () => {
    const colours = Object.fromEntries([...css.split('}')[0].matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6})/g)].map(([, name, hex]) => [name, hex]));
    for (const [pairs, least] of [[TEXT, 7], [OUTLINES, 3]]) {
      for (const [front, back] of pairs) {
        expect(ratio(colours[front], colours[back]), `${front} on ${back}`).toBeGreaterThanOrEqual(least);
      }
    }
  });
}
