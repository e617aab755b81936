import { describe, expect, test } from '@jest/globals';
import { personTesting } from '#person';
import { civilDate } from '#time';
import { appointed, commissionOf, constituted, mandateOf } from '../testing.js';
import { appointMember, type AppointMember } from './appoint-member.js';

const { id } = personTesting;
const command: AppointMember = { known: mandateOf(1), validFrom: civilDate('2026-01-01') };

describe('appoint a member', () => {
  test('records the mandate under which they sit, from its first day', () => {
    expect(appointMember(commissionOf(constituted), command)).toEqual({
      kind: 'accepted',
      events: [appointed(1)],
    });
  });

  test('may be limited to cases', () => {
    const decided = appointMember(commissionOf(constituted), { ...command, cases: [id('Case', 1)] });
    expect(decided).toMatchObject({ events: [{ data: { cases: [id('Case', 1)] } }] });
  });

  test('lets somebody come back after their seat ended, not while it lasts', () => {
    const left = commissionOf(constituted, appointed(1, '2025-12-31'));
    expect(appointMember(left, command).kind).toBe('accepted');
    const sitting = commissionOf(constituted, appointed(1));
    expect(appointMember(sitting, command)).toMatchObject({
      rejection: { kind: 'already-exists', field: 'mandate' },
    });
  });

  test('refuses a mandate that is not in force, an end before the beginning, and an unknown commission', () => {
    const state = commissionOf(constituted);
    const over = { ...command, known: mandateOf(1, '2025-12-31') };
    expect(appointMember(state, over)).toMatchObject({
      rejection: { kind: 'mandate-not-in-force', field: 'mandate' },
    });
    const inverted = { ...command, validUntil: civilDate('2025-12-31') };
    expect(appointMember(state, inverted)).toMatchObject({
      rejection: { kind: 'period-inverted', field: 'validUntil' },
    });
    expect(appointMember(commissionOf(), command)).toMatchObject({ rejection: { kind: 'not-found' } });
  });
});
