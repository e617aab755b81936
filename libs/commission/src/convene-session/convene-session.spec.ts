import { describe, expect, test } from '@jest/globals';
import { personTesting } from '#person';
import { civilDate, parseEffective } from '#time';
import type { CommissionEvent } from '../commission.events.js';
import { ccapexWith, convened } from '../testing.js';
import { conveneSession, type ConveneSession } from './convene-session.js';

const command: ConveneSession = { session: personTesting.id('Session', 1), on: civilDate('2026-04-21') };
const convene = (overrides: Partial<ConveneSession> = {}, ...before: readonly CommissionEvent[]) =>
  conveneSession(ccapexWith(...before), { ...command, ...overrides });

describe('convene a session', () => {
  test('records its day, and nothing the second time', () => {
    expect(convene()).toEqual({ kind: 'accepted', events: [convened] });
    expect(convene({}, convened)).toEqual({ kind: 'accepted', events: [] });
  });

  test('asks for a day', () => {
    expect(convene({ on: parseEffective('2026-04')! })).toMatchObject({
      rejection: { kind: 'contradiction', field: 'on' },
    });
  });
});
