import { describe, expect, test } from '@jest/globals';
import { asCode, asId } from '#decider';
import { civilDate, parseEffective } from '#time';
import type { InformationDescribed } from '../item.events.js';
import { described, facts, henri, nurseMandate, rejectionOf } from '../testing.js';
import { describeInformation } from './describe-information.js';

type Information = InformationDescribed['data'];

const effectiveAt = civilDate('2026-01-05');
const information = described().data as Information;

function describing(overrides: Partial<Information> = {}, at = effectiveAt, mandate = nurseMandate()) {
  const command = { information: { ...information, ...overrides }, mandate, effectiveAt: at };
  return describeInformation(henri(), command, facts());
}

function holding(overrides: Partial<Information['holding']>): Partial<Information> {
  return { holding: { ...information.holding, ...overrides } };
}

describe('describe an information', () => {
  test('records the label and who holds it first', () => {
    expect(describing()).toEqual({
      kind: 'accepted',
      events: [{ type: 'InformationDescribed', data: information, effectiveAt }],
    });
  });

  test('makes the item and its first holding', () => {
    const person = henri({ type: 'InformationDescribed', data: information, effectiveAt });
    expect(person.items.get(information.item)).toMatchObject({ label: 'risque de chute' });
    expect(person.holdings.get(information.item)!.toArray()).toMatchObject([
      { item: information.item, ...information.holding },
    ]);
  });

  test.each<[string, string, Partial<Information>]>([
    ['unknown-code', 'category', { category: asCode('gossip') }],
    ['unknown-code', 'category', { category: asCode('secret-information') }],
    ['unknown-code', 'secretBy[0]', { secretBy: ['word-of-honour'] }],
    ['unknown-code', 'purpose', holding({ purpose: asCode('curiosity') })],
    [
      'unknown-reference',
      'source.disclosure',
      holding({ source: { kind: 'disclosure', disclosure: asId('x') } }),
    ],
    ['unknown-reference', 'source.session', holding({ source: { kind: 'session', session: '' } })],
  ])('refuses %s in %s', (kind, field, overrides) => {
    expect(rejectionOf(describing(overrides))).toMatchObject({ kind, field });
  });

  test('refuses dates in the future and before birth', () => {
    for (const [kind, date] of [
      ['date-in-future', '2026-03-02'],
      ['date-before-birth', '1948-03-11'],
    ] as const)
      expect(rejectionOf(describing({}, civilDate(date)))).toMatchObject({ kind, field: 'effectiveAt' });
  });

  test('refuses a year or a month that begins before the birth: it would show as known by then', () => {
    for (const date of ['1948', '1948-03']) {
      const decision = describing({}, parseEffective(date)! as typeof effectiveAt);
      expect(rejectionOf(decision)).toMatchObject({ kind: 'date-before-birth', field: 'effectiveAt' });
    }
  });

  test('refuses a mandate that was not in force when it was learnt', () => {
    const later = nurseMandate({ validFrom: civilDate('2026-01-06') });
    expect(rejectionOf(describing({}, effectiveAt, later))).toMatchObject({
      kind: 'mandate-not-in-force',
      field: 'holder',
    });
  });
});
