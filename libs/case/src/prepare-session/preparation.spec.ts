import { describe, expect, test } from '@jest/globals';
import { judgeIntention } from '#disclosure';
import { personTesting, type ActivePerson, type PersonEvent } from '#person';
import { aReferral, aTeam, factsOn, hearingOf, henriReferred, intendedOf, referred } from '../testing.js';
import { preparationOf } from './preparation.js';

const { described, henri, id, SOCIAL_WORKER } = personTesting;
const MEMBER = `mandate:${SOCIAL_WORKER}`;

function prepared(person: ActivePerson, member?: Parameters<typeof factsOn>[2]) {
  const hearing = hearingOf(person, aTeam());
  const facts = factsOn(hearing, '2026-02-14T12:00:00.000Z', member);
  return preparationOf(judgeIntention(person, intendedOf(hearing), facts).assessment);
}

const second: readonly PersonEvent[] = [
  described(2),
  referred({ items: [...aReferral().items, { item: id('Item', 2) }] }),
];

describe('what a case still needs before its session', () => {
  test('is nothing grave when all is in order', () => {
    const { verdict, missing, toInform, barred } = prepared(henriReferred());
    expect(verdict).toBe('allow-with-duties');
    expect(missing.filter(({ state }) => state !== 'document')).toEqual([]);
    expect(toInform).toEqual({ items: [], recipients: [] });
    expect(barred).toEqual([]);
  });

  test('names whom the person has yet to be told of, and about what', () => {
    const { verdict, toInform, missing } = prepared(henri(described(), referred()));
    expect(verdict).toBe('deny');
    expect(toInform).toEqual({ items: [id('Item', 1)], recipients: [MEMBER] });
    expect(missing[0]).toMatchObject({
      state: 'block',
      rule: 'c5-not-informed',
      items: [id('Item', 1)],
      recipients: [MEMBER],
      toPass: { fr: expect.any(String) },
    });
  });

  test('says once what concerns several items, the gravest first', () => {
    const { missing } = prepared(henriReferred(...second), { secrecy: [] });
    const unbound = missing.filter(({ rule }) => rule === 'c2-not-bound');
    expect(unbound).toHaveLength(1);
    expect(unbound[0]!.items).toEqual([id('Item', 1), id('Item', 2)]);
    const gravity = ['block', 'escalate', 'warn', 'document'];
    const states = missing.map(({ state }) => gravity.indexOf(state));
    expect(states).toEqual(states.toSorted());
  });

  test('names with whom it cannot be shared, why, and what would make it pass', () => {
    expect(prepared(henriReferred(...second)).barred).toMatchObject([
      {
        recipient: MEMBER,
        items: [id('Item', 2)],
        because: expect.arrayContaining([{ fr: expect.any(String), en: expect.any(String) }]),
        toPass: expect.arrayContaining([{ fr: expect.any(String), en: expect.any(String) }]),
      },
    ]);
  });
});
