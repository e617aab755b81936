import { describe, expect, test } from '@jest/globals';
import { personTesting } from '#person';
import { civilDate } from '#time';
import { appointed, commissionOf, constituted } from '../testing.js';
import { endMember, type EndMember } from './end-member.js';

const { id } = personTesting;
const command: EndMember = { mandate: id('Mandate', 1), until: civilDate('2026-06-30') };

describe('end a seat', () => {
  test('records its last day, and nothing the second time', () => {
    const sitting = commissionOf(constituted, appointed(1));
    expect(endMember(sitting, command)).toMatchObject({
      kind: 'accepted',
      events: [{ type: 'MemberEnded', effectiveAt: command.until }],
    });
    const ended = { type: 'MemberEnded', data: command, effectiveAt: command.until } as const;
    expect(endMember(commissionOf(constituted, appointed(1), ended), command)).toEqual({
      kind: 'accepted',
      events: [],
    });
  });

  test.each([
    ['period-inverted', commissionOf(constituted, appointed(1)), '2025-12-31'],
    ['already-ended', commissionOf(constituted, appointed(1, '2026-03-31')), '2026-06-30'],
    ['not-found', commissionOf(constituted), '2026-06-30'],
    ['not-found', commissionOf(), '2026-06-30'],
  ])('refuses what is %s', (kind, state, until) => {
    expect(endMember(state, { ...command, until: civilDate(until) })).toMatchObject({ rejection: { kind } });
  });
});
