// What random situations are drawn from: few names, few days, so that facts meet.
import * as fc from 'fast-check';
import type { Provision } from '#catalogue';
import type { Effective } from '#decider';
import { civilDate } from '#time';
import type {
  Against,
  Consent,
  Information,
  ItemFacts,
  PartyScope,
  Scope,
  Speaker,
} from '../../src/facts.js';

export type Arb<T> = fc.Arbitrary<T>;
export const pick = <T>(...values: readonly T[]): Arb<T> => fc.constantFrom(...values);
export const maybe = <T>(arb: Arb<T>, weight = 2): Arb<T | undefined> =>
  fc.oneof({ weight, arbitrary: arb }, { weight: 1, arbitrary: fc.constant(undefined) });
export const rarely = <T>(arb: Arb<T>): Arb<T | undefined> =>
  fc.oneof({ weight: 1, arbitrary: arb }, { weight: 8, arbitrary: fc.constant(undefined) });
export const some = <T>(arb: Arb<T>, max = 2): Arb<T[]> => fc.array(arb, { maxLength: max });
export const often = <T>(usual: Arb<T>, weight: number, rare: Arb<T>): Arb<T> =>
  fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: rare });
/** Objects as JSON would have them: a field without a value is not there. */
export const tidy = <T>(arb: Arb<T>): Arb<T> =>
  arb.map((o) => Object.fromEntries(Object.entries(o as object).filter(([, v]) => v !== undefined)) as T);

export const days = ['2025-06-01', '2026-01-31', '2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02'];
export const when: Arb<Effective> = fc.oneof(
  { weight: 3, arbitrary: pick(...days).map((d) => civilDate(d)) },
  {
    weight: 1,
    arbitrary: fc.tuple(pick(...days), pick('08', '15')).map(([d, h]) => `${d}T${h}:00:00.000Z` as Effective),
  },
);
export const act: Arb<Effective> = often(pick<Effective>(civilDate('2026-03-01')), 3, when);
export const later = pick<Effective>(
  civilDate('2026-03-01'),
  civilDate('2026-09-01'),
  civilDate('2031-01-01'),
);
export const period = tidy(
  fc.record({
    validFrom: often(pick<Effective>(civilDate('2020-01-01')), 5, when),
    validUntil: maybe(often(later, 2, when), 2),
  }),
) as Arb<{ validFrom: Effective; validUntil?: Effective }>;

export const houses = ['house-a', 'house-b'];
export const institution = pick(...houses) as Arb<never>;
export const ITEMS = ['item-1', 'item-2'] as never[];
export const VOICES = ['parent-1', 'parent-2', 'stranger'] as never[];
export const speaker: Arb<Speaker> = often(
  pick<Speaker>({ kind: 'person' }),
  1,
  pick(...VOICES).map((representative): Speaker => ({ kind: 'representative', representative })),
);

export interface Codes {
  readonly category: Arb<ItemFacts['category']>;
  readonly purposes: Arb<Scope['purposes']>;
  readonly provision: Provision | undefined;
  readonly anyPurpose: Arb<Scope['purposes'][number]>;
}

export const partyScope: Arb<PartyScope> = fc.oneof(
  {
    weight: 4,
    arbitrary: pick<PartyScope>(
      { kind: 'mandate', mandate: 'one' as never },
      { kind: 'outsider', outsider: 'one' as never },
    ),
  },
  {
    weight: 2,
    arbitrary: pick<PartyScope>(
      { kind: 'mandate', mandate: 'two' as never },
      { kind: 'mandate', mandate: 'me' as never },
    ),
  },
  { weight: 3, arbitrary: institution.map((i): PartyScope => ({ kind: 'institution', institution: i })) },
  {
    weight: 1,
    arbitrary: institution.map((i): PartyScope => ({ kind: 'category', institution: i, function: 'aide' })),
  },
);

export function scopeArb({ purposes, category }: Codes, open: boolean): Arb<Scope> {
  return fc.record({
    items: open ? some(pick(...ITEMS), 1) : often(fc.constant(ITEMS), 3, some(pick(...ITEMS), 1)),
    categories: some(category as Arb<never>, 1),
    recipients: open ? some(partyScope, 1) : fc.array(partyScope, { minLength: 1, maxLength: 3 }),
    purposes: open ? often(fc.constant([]), 2, purposes) : purposes,
  });
}

export function wordsArb(codes: Codes) {
  const word = { by: speaker, at: when, order: fc.integer({ min: 0, max: 4 }) };
  const consent = tidy(
    fc.record({
      kind: fc.constant('consent' as const),
      id: pick('c1', 'c2', 'c3'),
      ...word,
      scope: scopeArb(codes, false),
      discloser: rarely(pick('me', 'other') as Arb<never>),
      explicit: fc.boolean(),
      onward: some(partyScope, 1),
      validFrom: often(pick<Effective>(civilDate('2025-01-01')), 4, when),
      validUntil: often(later, 4, when),
    }),
  ) as Arb<Consent>;
  const against = tidy(
    fc.record({
      kind: pick('refusal' as const, 'withdrawal' as const, 'objection' as const),
      id: pick('a1', 'a2'),
      ...word,
      scope: scopeArb(codes, true),
      of: pick('c1', 'c2', 'c9'),
      liftedAt: rarely(when),
    }),
  ) as unknown as Arb<Against>;
  const information = fc.record({
    id: fc.constant('i'),
    to: speaker,
    at: when,
    scope: often(scopeArb(codes, false), 2, scopeArb(codes, true)),
  }) as Arb<Information>;
  return {
    consents: some(consent, 3),
    against: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: some(against, 2) }),
    informations: some(information, 3),
  };
}
