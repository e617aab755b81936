import { describe, expect, test } from '@jest/globals';
import { personTesting, type ItemId } from '#person';
import { civilDate } from '#time';
import { justifyNonDisclosure } from './justify-non-disclosure.js';

const { described, facts, henri, id, NURSE, nurseMandate, rejectionOf } = personTesting;
const effectiveAt = civilDate('2026-02-10');

function justifying(items: readonly ItemId[], at = effectiveAt, mandate = nurseMandate()) {
  const justification = { mandate: NURSE, items, reason: 'Sans rapport avec la demande.' };
  const command = { justification, mandate, effectiveAt: at };
  return { justification, decision: justifyNonDisclosure(henri(described()), command, facts()) };
}

describe('justify a non-disclosure', () => {
  test('records who does not share what, and why', () => {
    const { justification, decision } = justifying([id('Item', 1)]);
    expect(decision).toEqual({
      kind: 'accepted',
      events: [{ type: 'NonDisclosureJustified', data: justification, effectiveAt }],
    });
  });

  test('refuses to justify nothing, or an item of somebody else', () => {
    expect(rejectionOf(justifying([]).decision)).toMatchObject({ kind: 'empty-scope', field: 'items' });
    expect(rejectionOf(justifying([id('Item', 9)]).decision)).toMatchObject({
      kind: 'unknown-reference',
      field: 'items[0]',
    });
  });

  test.each([
    ['date-in-future', '2026-03-02'],
    ['date-before-birth', '1948-03-11'],
  ])('refuses %s: %s', (kind, date) => {
    const { decision } = justifying([id('Item', 1)], civilDate(date));
    expect(rejectionOf(decision)).toMatchObject({ kind, field: 'effectiveAt' });
  });

  test('refuses a mandate that is not in force then', () => {
    const ended = nurseMandate({ validUntil: civilDate('2026-02-09') });
    expect(rejectionOf(justifying([id('Item', 1)], effectiveAt, ended).decision)).toMatchObject({
      kind: 'mandate-not-in-force',
      field: 'mandate',
    });
  });
});
