import { describe, expect, test } from '@jest/globals';
import { asCode, asId, type Rejection } from '#decider';
import { personTesting, type ConsentData } from '#person';
import { civilDate } from '#time';
import { grantConsent } from './grant-consent.js';

const { aConsent, described, facts, henri, id, informed, representedBy } = personTesting;
const informedHenri = henri(described(), informed());

function grant(overrides: Partial<ConsentData> = {}, effectiveAt = civilDate('2026-01-09')) {
  return grantConsent(informedHenri, { consent: aConsent(overrides), effectiveAt }, facts());
}

function rejectionOf(overrides: Partial<ConsentData>, effectiveAt?: ReturnType<typeof civilDate>): Rejection {
  const decision = grant(overrides, effectiveAt);
  if (decision.kind === 'accepted') throw new Error('accepted');
  return decision.rejection;
}

describe('grant consent', () => {
  test('records what was agreed, for whom and for what', () => {
    const effectiveAt = civilDate('2026-01-09');
    expect(grant()).toEqual({
      kind: 'accepted',
      events: [{ type: 'ConsentGranted', data: aConsent(), effectiveAt }],
    });
  });

  test.each([
    ['items', { items: [], categories: [] }],
    ['recipients', { recipients: [] }],
    ['purposes', { purposes: [] }],
  ])('refuses an empty scope: %s', (field, overrides) => {
    expect(rejectionOf(overrides)).toMatchObject({ kind: 'empty-scope', field });
  });

  test.each<[string, string, Partial<ConsentData>]>([
    ['unknown-reference', 'items[0]', { items: [id('Item', 9)] }],
    ['unknown-code', 'categories[0]', { categories: [asCode('gossip')] }],
    ['unknown-code', 'purposes[0]', { purposes: [asCode('curiosity')] }],
    [
      'unknown-reference',
      'recipients[0].outsider',
      { recipients: [{ kind: 'outsider', outsider: asId('x') }] },
    ],
    ['unknown-reference', 'by.representative', { by: { kind: 'representative', representative: asId('x') } }],
    ['unknown-reference', 'onward[0].outsider', { onward: [{ kind: 'outsider', outsider: asId('x') }] }],
    ['unknown-reference', 'information', { information: asId('x') }],
    ['period-inverted', 'validUntil', { validUntil: civilDate('2025-12-31') }],
  ])('refuses %s in %s', (kind, field, overrides) => {
    expect(rejectionOf(overrides)).toMatchObject({ kind, field });
  });

  test('refuses a consent given before the information that it follows', () => {
    expect(rejectionOf({}, civilDate('2026-01-07'))).toMatchObject({
      kind: 'unknown-reference',
      field: 'information',
    });
  });

  test('refuses dates in the future and before birth', () => {
    expect(rejectionOf({}, civilDate('2026-03-02'))).toMatchObject({ kind: 'date-in-future' });
    expect(rejectionOf({}, civilDate('1948-03-11'))).toMatchObject({ kind: 'date-before-birth' });
  });

  test('lets a person who calls speak for themselves only', () => {
    const mother = { kind: 'representative', representative: id('Representative', 1) } as const;
    const represented = henri(described(), informed(), representedBy(1));
    const caller = { kind: 'person', id: id('Person', 1) } as const;
    const granting = (by: ConsentData['by']) =>
      grantConsent(
        represented,
        { consent: aConsent({ by }), effectiveAt: civilDate('2026-01-09') },
        facts({ caller }),
      );
    expect(granting({ kind: 'person' })).toMatchObject({ kind: 'accepted' });
    expect(granting(mother)).toMatchObject({ rejection: { kind: 'not-permitted', field: 'by' } });
  });
});
