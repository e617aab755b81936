import { describe, expect, test } from '@jest/globals';
import { asCode, asId } from '#decider';
import { personTesting, refusalsInForce, type RefusalData } from '#person';
import { civilDate, covers, startMs } from '#time';
import { refuseConsent } from './refuse-consent.js';

const { described, facts, granted, henri, id, informed, rejectionOf, representedBy } = personTesting;
const person = henri(described(), informed(), granted(), representedBy(1));
const effectiveAt = civilDate('2026-02-05');

function aRefusal(overrides: Partial<RefusalData> = {}): RefusalData {
  const scope = { items: [], categories: [], recipients: [], purposes: [] };
  return { refusal: id('Consent', 2), by: { kind: 'person' }, means: 'oral', ...scope, ...overrides };
}

function refusing(overrides: Partial<RefusalData> = {}, caller = facts().caller) {
  return refuseConsent(person, { refusal: aRefusal(overrides), effectiveAt }, facts({ caller }));
}

describe('refuse consent', () => {
  test('records what was refused', () => {
    const refusal = aRefusal({ items: [id('Item', 1)], purposes: [asCode('care-coordination')] });
    expect(refuseConsent(person, { refusal, effectiveAt }, facts())).toEqual({
      kind: 'accepted',
      events: [{ type: 'ConsentRefused', data: refusal, effectiveAt }],
    });
  });

  test('refuses everything when nothing is named', () => {
    const after = henri(described(), { type: 'ConsentRefused', data: aRefusal(), effectiveAt });
    const passing = {
      item: id('Item', 1),
      category: asCode<'Category'>('functional-impact'),
      recipient: { kind: 'unknown' },
      purpose: asCode<'Purpose'>('care-coordination'),
    } as const;
    expect(covers(refusalsInForce(after, passing), startMs(civilDate('2026-02-06')))).toBe(true);
  });

  test.each<[string, string, Partial<RefusalData>]>([
    ['unknown-reference', 'items[0]', { items: [id('Item', 9)] }],
    ['unknown-code', 'categories[0]', { categories: [asCode('gossip')] }],
    ['unknown-code', 'categories[0]', { categories: [asCode('secret-information')] }],
    ['unknown-code', 'purposes[0]', { purposes: [asCode('curiosity')] }],
    [
      'unknown-reference',
      'recipients[0].outsider',
      { recipients: [{ kind: 'outsider', outsider: asId('x') }] },
    ],
    ['unknown-reference', 'by.representative', { by: { kind: 'representative', representative: asId('x') } }],
  ])('refuses %s in %s', (kind, field, overrides) => {
    expect(rejectionOf(refusing(overrides))).toMatchObject({ kind, field });
  });

  test('refuses dates in the future and before birth', () => {
    const on = (date: string) =>
      rejectionOf(refuseConsent(person, { refusal: aRefusal(), effectiveAt: civilDate(date) }, facts()));
    expect(on('2026-03-02')).toMatchObject({ kind: 'date-in-future', field: 'effectiveAt' });
    expect(on('1948-03-11')).toMatchObject({ kind: 'date-before-birth', field: 'effectiveAt' });
  });

  test('lets a person who calls speak for themselves only', () => {
    const themselves = { kind: 'person', id: id('Person', 1) } as const;
    const by = { kind: 'representative', representative: id('Representative', 1) } as const;
    expect(refusing({}, themselves).kind).toBe('accepted');
    expect(rejectionOf(refusing({ by }, themselves))).toMatchObject({ kind: 'not-permitted', field: 'by' });
    const somebodyElse = { kind: 'person', id: id('Person', 2) } as const;
    expect(rejectionOf(refusing({}, somebodyElse))).toMatchObject({ kind: 'not-permitted' });
  });
});
