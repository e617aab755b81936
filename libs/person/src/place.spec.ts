import { describe, expect, test } from '@jest/globals';
import { civilDate } from '#time';
import { comparePlaces, placeBefore, placeOfAct, placeOfHolding } from './place.js';

const DAY = civilDate('2026-01-09');

describe('the place just before an act', () => {
  test('is before it, and behind the acts recorded before it and what was declared of that day', () => {
    const [first, second] = [placeOfAct(DAY, 3, []), placeOfAct(DAY, 4, [])];
    const before = placeBefore(second);
    expect(comparePlaces(before, second)).toBeLessThan(0);
    expect(comparePlaces(first, before)).toBeLessThan(0);
    expect(comparePlaces(placeOfHolding(DAY), before)).toBeLessThan(0);
  });
});
