import { describe, expect, test } from '@jest/globals';
import type { Instant } from '#decider';
import { personTesting } from '#person';
import type { AttendanceRecorded, CommissionEvent } from '../commission.events.js';
import { appointed, attended, ccapexWith, closed, convened, mandateOf, onAgenda } from '../testing.js';
import { recordAttendance } from './record-attendance.js';

const { id } = personTesting;
const ON_THE_DAY = '2026-04-21T12:00:00.000Z' as Instant;
const attendance = attended.data as AttendanceRecorded['data'];
const before = [appointed(1), appointed(2), convened, onAgenda];

function record(
  overrides: Partial<AttendanceRecorded['data']> = {},
  history: readonly CommissionEvent[] = before,
  now = ON_THE_DAY,
) {
  const state = ccapexWith(...history);
  const known = [mandateOf(1), mandateOf(2), mandateOf(3), mandateOf(4, '2026-03-31')];
  const mandates = new Map(known.map((one) => [one.mandate.mandate, one]));
  return recordAttendance(state, { attendance: { ...attendance, ...overrides }, mandates }, now);
}

describe('record who is in the room for a case', () => {
  test('names members and guests, from the day of the session', () => {
    expect(record()).toEqual({ kind: 'accepted', events: [attended] });
  });

  test('records nothing the second time, and what has changed', () => {
    expect(record({}, [...before, attended])).toEqual({ kind: 'accepted', events: [] });
    expect(record({ guests: [] }, [...before, attended])).toMatchObject({
      events: [{ data: { present: [id('Mandate', 1)], guests: [] } }],
    });
  });

  test.each<[string, string, Partial<AttendanceRecorded['data']>]>([
    ['empty-scope', 'present', { present: [] }],
    ['unknown-reference', 'present[1]', { present: [id('Mandate', 1), id('Mandate', 9)] }],
    ['contradiction', 'present[0]', { present: [id('Mandate', 3)], guests: [] }],
    ['unknown-reference', 'guests[0]', { guests: [id('Mandate', 9)] }],
    ['mandate-not-in-force', 'guests[0]', { guests: [id('Mandate', 4)] }],
    ['contradiction', 'guests[1]', { guests: [id('Mandate', 3), id('Mandate', 1)] }],
  ])('refuses %s in %s', (kind, field, overrides) => {
    expect(record(overrides)).toMatchObject({ rejection: { kind, field } });
  });

  test('refuses a member whose seat covers other cases, or has ended', () => {
    const limited = { type: 'MemberAppointed', data: { ...appointed(1).data, cases: [id('Case', 2)] } };
    for (const seat of [limited as never, appointed(1, '2026-04-20')])
      expect(record({}, [seat, convened, onAgenda])).toMatchObject({
        rejection: { kind: 'contradiction', field: 'present[0]' },
      });
  });

  test('waits for the day of the session, and for the case to be on its agenda', () => {
    const early = '2026-04-20T12:00:00.000Z' as Instant;
    expect(record({}, before, early)).toMatchObject({ rejection: { kind: 'date-in-future' } });
    expect(record({}, [appointed(1), convened])).toMatchObject({ rejection: { kind: 'not-found' } });
    expect(record({}, [appointed(1)])).toMatchObject({ rejection: { kind: 'not-found' } });
  });

  test('ends with the session', () => {
    expect(record({}, [...before, closed])).toMatchObject({ rejection: { kind: 'already-ended' } });
  });
});
