import { describe, expect, test } from '@jest/globals';
import { personTesting } from '#person';
import { civilDate } from '#time';
import { requestAccess } from './request-access.js';

const { facts, henri, id, NOW, rejectionOf, SSIAD } = personTesting;
const asked = { request: 'a', by: { kind: 'person' }, means: 'written', institution: SSIAD } as const;

describe('request access', () => {
  test.each([
    ['2026-01-31', '2026-02-28'],
    ['2026-03-01', '2026-04-01'],
  ])('received on %s is to be answered by %s', (day, answerBy) => {
    const effectiveAt = civilDate(day);
    expect(requestAccess(henri(), { asked, effectiveAt }, facts({ now: NOW }))).toEqual({
      kind: 'accepted',
      events: [{ type: 'AccessRequested', data: { ...asked, answerBy: civilDate(answerBy) }, effectiveAt }],
    });
  });

  test('refuses representatives that nobody knows, callers who speak for others, dates to come', () => {
    const by = { kind: 'representative', representative: id('Representative', 9) } as const;
    expect(rejectionOf(requestAccess(henri(), { asked: { ...asked, by } }, facts()))).toMatchObject({
      kind: 'unknown-reference',
    });
    const caller = { kind: 'person', id: id('Person', 2) } as const;
    expect(rejectionOf(requestAccess(henri(), { asked }, facts({ caller })))).toMatchObject({
      kind: 'not-permitted',
    });
    const effectiveAt = civilDate('2026-03-02');
    expect(rejectionOf(requestAccess(henri(), { asked, effectiveAt }, facts()))).toMatchObject({
      kind: 'date-in-future',
    });
  });
});
