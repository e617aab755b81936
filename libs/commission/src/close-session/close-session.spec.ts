import { describe, expect, test } from '@jest/globals';
import type { Instant } from '#decider';
import { personTesting } from '#person';
import { civilDate } from '#time';
import type { CommissionEvent } from '../commission.events.js';
import { ccapexWith, closed, convened } from '../testing.js';
import { closeSession, type CloseSession } from './close-session.js';

const command: CloseSession = {
  session: personTesting.id('Session', 1),
  effectiveAt: civilDate('2026-04-21'),
};
const close = (
  overrides: Partial<CloseSession> = {},
  history: readonly CommissionEvent[] = [convened],
  now = '2026-04-22T12:00:00.000Z',
) => closeSession(ccapexWith(...history), { ...command, ...overrides }, now as Instant);

describe('close a session', () => {
  test('records its end, and nothing the second time', () => {
    expect(close()).toEqual({ kind: 'accepted', events: [closed] });
    expect(close({}, [convened, closed])).toEqual({ kind: 'accepted', events: [] });
  });

  test.each([
    ['date-in-future', '2026-04-23'],
    ['contradiction', '2026-04-20'],
  ])('refuses %s in effectiveAt', (kind, day) => {
    expect(close({ effectiveAt: civilDate(day) })).toMatchObject({
      rejection: { kind, field: 'effectiveAt' },
    });
  });

  test('waits for its day, and must be there', () => {
    expect(close({}, [convened], '2026-04-20T12:00:00.000Z')).toMatchObject({
      rejection: { kind: 'date-in-future' },
    });
    expect(close({}, [])).toMatchObject({ rejection: { kind: 'not-found' } });
  });
});
