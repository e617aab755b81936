import { describe, expect, test } from '@jest/globals';
import { asCode, asId } from '#decider';
import { personTesting, type ConsentWithdrawn, type PersonEvent, type Scope, type Speaker } from '#person';
import { civilDate } from '#time';
import { withdrawConsent } from './withdraw-consent.js';

const { CCAS, described, facts, granted, henri, id, informed, rejectionOf, representedBy, SOCIAL_WORKER } =
  personTesting;
const effectiveAt = civilDate('2026-02-10');
const ALL: Scope = { items: [], categories: [], recipients: [], purposes: [] };
const ccas = { kind: 'institution', institution: CCAS } as const;
const noel = { kind: 'mandate', mandate: SOCIAL_WORKER, institution: CCAS } as const;
const guardian: Speaker = { kind: 'representative', representative: id('Representative', 1) };
const consented = [
  described(1),
  described(2),
  informed(),
  representedBy(1),
  granted({ items: [id('Item', 1), id('Item', 2)], recipients: [ccas] }),
];

function withdrawn(excluded: Partial<Scope> = {}, by: Speaker = { kind: 'person' }): ConsentWithdrawn {
  const data = {
    consent: id('Consent', 1),
    by,
    means: 'written',
    excluded: { ...ALL, ...excluded },
  } as const;
  return { type: 'ConsentWithdrawn', data, effectiveAt };
}

function withdrawing(
  history: readonly PersonEvent[],
  { data, effectiveAt: at }: ConsentWithdrawn = withdrawn(),
  caller = facts().caller,
) {
  return withdrawConsent(henri(...history), { withdrawal: data, effectiveAt: at }, facts({ caller }));
}

describe('withdraw a consent', () => {
  test('records the whole of it, or a part', () => {
    for (const event of [withdrawn(), withdrawn({ recipients: [noel] })])
      expect(withdrawing(consented, event)).toEqual({ kind: 'accepted', events: [event] });
  });

  test('records nothing the second time', () => {
    for (const event of [withdrawn(), withdrawn({ items: [id('Item', 2)] })])
      expect(withdrawing([...consented, event], event)).toEqual({ kind: 'accepted', events: [] });
  });

  test('records nothing when parts that were withdrawn make up the whole', () => {
    const parts = [withdrawn({ items: [id('Item', 1)] }), withdrawn({ items: [id('Item', 2)] })];
    expect(withdrawing([...consented, ...parts])).toEqual({ kind: 'accepted', events: [] });
    expect(withdrawing([...consented, parts[0]!])).toEqual({ kind: 'accepted', events: [withdrawn()] });
  });

  test('records an earlier date of the same withdrawal', () => {
    const earlier = { ...withdrawn(), effectiveAt: civilDate('2026-02-01') };
    expect(withdrawing([...consented, withdrawn()], earlier)).toEqual({
      kind: 'accepted',
      events: [earlier],
    });
  });

  test('takes back what recipients may pass on', () => {
    const fsl = { kind: 'mandate', mandate: id('Mandate', 7), institution: id('Institution', 7) } as const;
    const onward = [described(), informed(), granted({ onward: [fsl] })];
    const event = withdrawn({ recipients: [fsl] });
    expect(withdrawing(onward, event)).toEqual({ kind: 'accepted', events: [event] });
  });

  test('lets the person take back what was said for them, and a representative what they said', () => {
    const bySomebody = [...consented.slice(0, 4), granted({ by: guardian })];
    for (const event of [withdrawn(), withdrawn({}, guardian)])
      expect(withdrawing(bySomebody, event)).toEqual({ kind: 'accepted', events: [event] });
    expect(rejectionOf(withdrawing(consented, withdrawn({}, guardian)))).toMatchObject({
      kind: 'not-permitted',
      field: 'by',
    });
  });

  test('lets a person who calls speak for themselves only', () => {
    const caller = { kind: 'person', id: id('Person', 1) } as const;
    expect(withdrawing(consented, withdrawn(), caller).kind).toBe('accepted');
    const bySomebody = [...consented.slice(0, 4), granted({ by: guardian })];
    expect(rejectionOf(withdrawing(bySomebody, withdrawn({}, guardian), caller))).toMatchObject({
      kind: 'not-permitted',
    });
  });

  test('refuses a consent that this person never gave', () => {
    expect(rejectionOf(withdrawing([]))).toMatchObject({ kind: 'not-found' });
  });

  test.each<[string, string, Partial<Scope>]>([
    ['unknown-reference', 'excluded.items[0]', { items: [id('Item', 9)] }],
    ['unknown-code', 'excluded.categories[0]', { categories: [asCode('gossip')] }],
    ['unknown-code', 'excluded.purposes[0]', { purposes: [asCode('curiosity')] }],
    [
      'unknown-reference',
      'excluded.recipients[0].outsider',
      { recipients: [{ kind: 'outsider', outsider: asId('x') }] },
    ],
  ])('refuses %s in %s', (kind, field, excluded) => {
    expect(rejectionOf(withdrawing(consented, withdrawn(excluded)))).toMatchObject({ kind, field });
  });

  test('refuses a representative whom this person does not have', () => {
    const nobody: Speaker = { kind: 'representative', representative: asId('x') };
    expect(rejectionOf(withdrawing(consented, withdrawn({}, nobody)))).toMatchObject({
      kind: 'unknown-reference',
      field: 'by.representative',
    });
  });

  test.each([
    ['date-in-future', '2026-03-02'],
    ['date-before-birth', '1948-03-11'],
    ['contradiction', '2026-01-08'],
  ])('refuses %s: %s', (kind, date) => {
    const event = { ...withdrawn(), effectiveAt: civilDate(date) };
    expect(rejectionOf(withdrawing(consented, event))).toMatchObject({ kind, field: 'effectiveAt' });
  });
});
