import { describe, expect, test } from '@jest/globals';
import { recorded, type Instant } from '#decider';
import { NURSE, SOCIAL_WORKER } from '../testing.js';
import { accessFold, consult, type Access } from './access.js';
import { REASONS, type AccessEvent, type ConsultationData } from './access.events.js';

const nurse: ConsultationData = {
  by: { kind: 'mandate', mandate: NURSE },
  reason: 'care',
  question: 'who-knows',
};
const at = (time: string) => `2026-01-10T${time}.000Z` as Instant;
const after = (...events: readonly (readonly [AccessEvent, Instant])[]): Access =>
  events.reduce(
    (access, [event, recordedAt], n) => accessFold.evolve(access, recorded(event, n, { recordedAt })),
    accessFold.initial,
  );
const looked = (data: ConsultationData, effectiveAt: Instant): AccessEvent => ({
  type: 'LedgerConsulted',
  data,
  effectiveAt,
});
const events = (access: Access, data: ConsultationData, now: Instant) => {
  const decision = consult(access, data, now);
  return decision.kind === 'accepted' ? decision.events : decision.rejection.kind;
};

describe('a look at a ledger', () => {
  test('is recorded', () => {
    expect(events(accessFold.initial, nurse, at('09:00:00'))).toEqual([looked(nurse, at('09:00:00'))]);
  });

  test('is not recorded again within the hour, and is after it', () => {
    const access = after([looked(nurse, at('09:00:00')), at('09:00:00')]);
    expect(events(access, nurse, at('09:59:59'))).toEqual([]);
    expect(events(access, nurse, at('10:00:00'))).toEqual([looked(nurse, at('10:00:00'))]);
  });

  test('is recognised among all before it, and recorded where the clock was set back', () => {
    const access = after(
      [looked(nurse, at('09:00:00')), at('09:00:00')],
      [looked(nurse, at('15:00:00')), at('15:00:00')],
    );
    expect(events(access, nurse, at('09:10:00'))).toEqual([]);
    expect(events(access, nurse, at('12:00:00'))).toEqual([looked(nurse, at('12:00:00'))]);
  });

  test('is measured from when they looked, however late it was recorded', () => {
    const access = after([looked(nurse, at('09:00:00')), at('12:00:00')]);
    expect(events(access, nurse, at('09:30:00'))).toEqual([]);
    expect(events(access, nurse, at('11:00:00'))).toEqual([looked(nurse, at('11:00:00'))]);
  });

  test.each<[string, Partial<ConsultationData>]>([
    ['somebody else', { by: { kind: 'mandate', mandate: SOCIAL_WORKER } }],
    ['a program of the same name', { by: { kind: 'client', client: NURSE } }],
    ['another reason', { reason: 'audit' }],
    ['another question', { question: 'timeline' }],
    ['another item', { about: 'x' }],
  ])('is another one for %s', (_, other) => {
    const access = after([looked(nurse, at('09:00:00')), at('09:00:00')]);
    expect(events(access, { ...nurse, ...other }, at('09:00:01'))).toHaveLength(1);
  });

  test('is refused after an erasure', () => {
    const access = after(
      [{ type: 'StreamClosed', data: { request: 'x' } }, at('09:00:00')],
      [looked(nurse, at('09:00:01')), at('09:00:01')],
    );
    expect(access).toEqual({ status: 'closed' });
    expect(events(access, nurse, at('12:00:00'))).toBe('stream-closed');
  });

  test('has a reason from a short list, in two languages', () => {
    expect(Object.keys(REASONS)).toEqual([
      'care',
      'sharing',
      'correction',
      'request-of-the-person',
      'audit',
      'technical',
    ]);
    for (const { fr, en } of Object.values(REASONS))
      expect([fr, en].every((label) => label.length > 5)).toBe(true);
  });
});
