import { describe, expect, test } from '@jest/globals';
import type { Effective, Instant } from '#decider';
import { civilDate } from '#time';
import { comesBefore, comparePlaces, placeBefore, placeOfAct, placeOfHolding } from './place.js';

const DAY = civilDate('2026-01-09');

describe('what somebody holds by themselves', () => {
  const HOUR = '2026-01-09T13:00:00.000Z' as Instant;
  const MONTH: Effective = { ...civilDate('2026-01-01'), precision: 'month' };
  const before = (held: Effective, act: Effective) =>
    comesBefore(placeOfHolding(held), placeOfAct(act, 3, []));

  test('comes before what they pass on until its date is over', () => {
    expect([DAY, MONTH, HOUR].map((act) => before(HOUR, act))).toEqual([true, true, true]);
    expect([DAY, MONTH, HOUR].map((act) => before(DAY, act))).toEqual([true, true, true]);
    expect(before(MONTH, DAY)).toBe(true);
  });

  test('comes after what was over when they learnt it', () => {
    const next = civilDate('2026-01-10');
    expect([DAY, HOUR].map((act) => before(next, act))).toEqual([false, false]);
    expect(before('2026-01-09T13:00:00.001Z' as Instant, HOUR)).toBe(false);
    expect(before('2026-02-01T00:00:00.000+01:00' as Instant, MONTH)).toBe(false);
  });
});

describe('the place just before an act', () => {
  test('is before it, and behind the acts recorded before it and what was declared of that day', () => {
    const [first, second] = [placeOfAct(DAY, 3, []), placeOfAct(DAY, 4, [])];
    const before = placeBefore(second);
    expect(comparePlaces(before, second)).toBeLessThan(0);
    expect(comparePlaces(first, before)).toBeLessThan(0);
    expect(comparePlaces(placeOfHolding(DAY), before)).toBeLessThan(0);
  });
});
