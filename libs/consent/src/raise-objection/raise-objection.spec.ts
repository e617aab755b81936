import { describe, expect, test } from '@jest/globals';
import { asCode, asId } from '#decider';
import { personTesting, type ObjectionData } from '#person';
import { civilDate } from '#time';
import { raiseObjection } from './raise-objection.js';

const { described, facts, henri, id, rejectionOf, representedBy } = personTesting;
const person = henri(described(), representedBy(1));
const effectiveAt = civilDate('2026-02-20');

function anObjection(overrides: Partial<ObjectionData> = {}): ObjectionData {
  return {
    objection: id('Objection', 1),
    by: { kind: 'person' },
    items: [],
    categories: [],
    recipients: [{ kind: 'institution', institution: id('Institution', 2) }],
    purposes: [],
    means: 'oral',
    ground: 'Je ne veux plus que le CCAS le sache.',
    ...overrides,
  };
}

function objecting(overrides: Partial<ObjectionData> = {}, caller = facts().caller) {
  return raiseObjection(person, { objection: anObjection(overrides), effectiveAt }, facts({ caller }));
}

describe('raise an objection', () => {
  test('records to what, and why if a reason is given', () => {
    expect(objecting()).toEqual({
      kind: 'accepted',
      events: [{ type: 'ObjectionRaised', data: anObjection(), effectiveAt }],
    });
  });

  test.each<[string, string, Partial<ObjectionData>]>([
    ['unknown-reference', 'items[0]', { items: [id('Item', 9)] }],
    ['unknown-code', 'categories[0]', { categories: [asCode('gossip')] }],
    ['unknown-code', 'purposes[0]', { purposes: [asCode('curiosity')] }],
    [
      'unknown-reference',
      'recipients[0].outsider',
      { recipients: [{ kind: 'outsider', outsider: asId('x') }] },
    ],
    ['unknown-reference', 'by.representative', { by: { kind: 'representative', representative: asId('x') } }],
  ])('refuses %s in %s', (kind, field, overrides) => {
    expect(rejectionOf(objecting(overrides))).toMatchObject({ kind, field });
  });

  test('refuses dates in the future and before birth', () => {
    const on = (date: string) =>
      rejectionOf(
        raiseObjection(person, { objection: anObjection(), effectiveAt: civilDate(date) }, facts()),
      );
    expect(on('2026-03-02')).toMatchObject({ kind: 'date-in-future', field: 'effectiveAt' });
    expect(on('1948-03-11')).toMatchObject({ kind: 'date-before-birth', field: 'effectiveAt' });
  });

  test('lets a person who calls speak for themselves only', () => {
    const caller = { kind: 'person', id: id('Person', 1) } as const;
    const by = { kind: 'representative', representative: id('Representative', 1) } as const;
    expect(objecting({}, caller).kind).toBe('accepted');
    expect(rejectionOf(objecting({ by }, caller))).toMatchObject({ kind: 'not-permitted', field: 'by' });
  });
});
