import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { asCode } from '#decider';
import { inScope, personTesting, type Passing, type Recipient, type Scope } from '#person';
import { civilDate } from '#time';
import { isWithheld } from './withheld.js';

const { aConsent, described, henri, id } = personTesting;
const day = civilDate('2026-02-10');
const ITEMS = [id('Item', 1), id('Item', 2)];
const IMPACT = asCode<'Category'>('functional-impact');
const PURPOSES = [asCode<'Purpose'>('care-coordination'), asCode<'Purpose'>('social-follow-up')];
const [ONE, TWO] = [id('Institution', 1), id('Institution', 2)];
const MANDATES: readonly Recipient[] = [1, 2, 3].map((n) => ({
  kind: 'mandate',
  mandate: id('Mandate', n),
  institution: n === 3 ? TWO : ONE,
}));
const NAMED = [
  ...MANDATES.slice(0, 2),
  { kind: 'institution', institution: ONE },
  { kind: 'institution', institution: TWO },
] as Scope['recipients'];
const person = henri(described(1), described(2));

const parts = (minLength: number) => ({
  recipients: fc.subarray([...NAMED], { minLength }),
  purposes: fc.subarray(PURPOSES, { minLength }),
});
const exclusions = fc.record({ items: fc.subarray(ITEMS), categories: fc.subarray([IMPACT]), ...parts(0) });
const grants = fc
  .record({ items: fc.subarray(ITEMS), categories: fc.subarray([IMPACT]), ...parts(1) })
  .filter(({ items, categories }) => items.length + categories.length > 0);

/** Every passing one by one, an item described later and a mandate given later among them. */
function slowly(grant: Scope, earlier: readonly Scope[], excluded: Scope): boolean {
  const later = { kind: 'mandate', mandate: id('Mandate', 99), institution: ONE } as const;
  const passings = [...ITEMS, id('Item', 99)].flatMap((item) =>
    [...MANDATES, later].flatMap((recipient) =>
      PURPOSES.map((purpose): Passing => ({ item, category: IMPACT, recipient, purpose })),
    ),
  );
  return passings
    .filter((passing) => inScope(grant, passing) && inScope(excluded, passing))
    .every((passing) => earlier.some((scope) => inScope(scope, passing)));
}

describe('what earlier withdrawals withhold', () => {
  test('is what a look at every single passing says', () => {
    fc.assert(
      fc.property(grants, fc.array(exclusions, { maxLength: 4 }), exclusions, (grant, earlier, excluded) => {
        const consent = {
          ...aConsent(grant),
          exclusions: earlier.map((scope) => ({ excluded: scope, effectiveAt: day, revision: 9 })),
        };
        expect(isWithheld(person, consent, excluded, day)).toBe(slowly(grant, earlier, excluded));
      }),
      { numRuns: 500 },
    );
  });
});
