import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const css = readFileSync(join(__dirname, 'page.css'), 'utf8');
const [light, dark] = [...css.matchAll(/:root \{([^}]*)\}/g)].map(
  ([, block]) =>
    new Map([...block!.matchAll(/--([\w-]+): (#\w{6});/g)].map(([, name, color]) => [name!, color!])),
);

/** Text and what it stands on; WCAG 2.2, 1.4.3 asks for 4.5. Lines of fields stand out by 3 (1.4.11). */
const PAIRS: readonly (readonly [string, string, number])[] = [
  ...['ground', 'panel', 'good-ground', 'bad-ground'].map((ground) => ['text', ground, 4.5] as const),
  ...['quiet', 'accent', 'good', 'bad', 'note'].flatMap((text) =>
    ['ground', 'panel'].map((ground) => [text, ground, 4.5] as const),
  ),
  ['on-accent', 'accent', 4.5],
  ['good', 'good-ground', 4.5],
  ['bad', 'bad-ground', 4.5],
  ['line', 'ground', 3],
  ['line', 'panel', 3],
];

function luminance(color: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

describe.each([
  ['light', light!],
  ['dark', dark!],
])('the %s colours of the page', (_, colors) => {
  test.each(PAIRS)('show %s on %s with a contrast of %s', (text, ground, least) => {
    expect(contrast(colors.get(text)!, colors.get(ground)!)).toBeGreaterThanOrEqual(least);
  });
});
