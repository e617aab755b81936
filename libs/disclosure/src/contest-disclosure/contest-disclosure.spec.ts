import { describe, expect, test } from '@jest/globals';
import { personTesting } from '#person';
import { civilDate } from '#time';
import { reported } from '../testing.js';
import { contestDisclosure } from './contest-disclosure.js';

const { described, facts, henri, id, rejectionOf } = personTesting;
const contest = { disclosure: id('Disclosure', 1), ground: 'Je n’ai jamais vu cette personne.' };
const effectiveAt = civilDate('2026-02-01');
const contested = { type: 'DisclosureContested', data: contest, effectiveAt } as const;
const told = henri(described(), reported());

describe('contest a disclosure', () => {
  test('records what is wrong with it', () => {
    expect(contestDisclosure(told, { contest, effectiveAt }, facts())).toEqual({
      kind: 'accepted',
      events: [contested],
    });
  });

  test('records another ground while the first waits for its answer', () => {
    const again = henri(described(), reported(), contested);
    expect(contestDisclosure(again, { contest, effectiveAt }, facts())).toMatchObject({
      events: [contested],
    });
  });

  test('refuses a disclosure that is not about this person', () => {
    const elsewhere = { ...contest, disclosure: id('Disclosure', 9) };
    expect(rejectionOf(contestDisclosure(told, { contest: elsewhere }, facts()))).toMatchObject({
      kind: 'not-found',
    });
  });

  test.each([
    ['date-in-future', '2026-03-02'],
    ['date-before-birth', '1948-03-11'],
    ['contradiction', '2026-01-08'],
  ])('refuses %s: %s', (kind, date) => {
    const decision = contestDisclosure(told, { contest, effectiveAt: civilDate(date) }, facts());
    expect(rejectionOf(decision)).toMatchObject({ kind, field: 'effectiveAt' });
  });
});
