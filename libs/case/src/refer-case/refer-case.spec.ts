import { describe, expect, test } from '@jest/globals';
import { institutionStream } from '#directory';
import { personTesting, type PersonEvent } from '#person';
import { civilDate } from '#time';
import { aReferral, referred } from '../testing.js';
import { referCase, type ReferCase } from './refer-case.js';

const { CCAS, described, facts, henri, id, nurseMandate, rejectionOf, SSIAD } = personTesting;

const command: ReferCase = {
  referral: aReferral(),
  commissionKnown: true,
  reporter: { mandate: nurseMandate(), institution: SSIAD, stream: institutionStream(SSIAD), revision: 3 },
  effectiveAt: civilDate('2026-02-12'),
};
const learnt = { ...described(), effectiveAt: civilDate('2026-01-05') };
const refer = (overrides: Partial<ReferCase> = {}, ...more: readonly PersonEvent[]) =>
  referCase(henri(learnt, ...more), { ...command, ...overrides }, facts());

describe('refer a case to a commission', () => {
  test('records its question, its report, and what is to be shared', () => {
    expect(refer()).toEqual({ kind: 'accepted', events: [referred()] });
  });

  test('records nothing the second time, and completes what it says', () => {
    const { report: _, ...unwritten } = aReferral();
    expect(refer({}, referred())).toEqual({ kind: 'accepted', events: [] });
    const early: PersonEvent = { type: 'CaseReferred', data: unwritten };
    expect(refer({}, early)).toEqual({ kind: 'accepted', events: [referred()] });
  });

  test('leaves a concluded case as it was heard', () => {
    const concluded: PersonEvent = {
      type: 'OpinionGiven',
      data: { case: id('Case', 1), label: 'favorable' },
    };
    expect(rejectionOf(refer({}, referred(), concluded))).toMatchObject({ kind: 'already-ended' });
  });

  test.each<[string, string, Partial<ReferCase>]>([
    ['unknown-reference', 'commission', { commissionKnown: false }],
    ['date-in-future', 'effectiveAt', { effectiveAt: civilDate('2026-03-02') }],
    ['mandate-not-in-force', 'reporter', { effectiveAt: civilDate('2024-12-31') }],
    ['empty-scope', 'items', { referral: aReferral({ items: [] }) }],
    ['unknown-reference', 'items[0].item', { referral: aReferral({ items: [{ item: id('Item', 9) }] }) }],
    ['not-held', 'items[0].item', { effectiveAt: civilDate('2026-01-04') }],
  ])('refuses %s in %s', (kind, field, overrides) => {
    expect(rejectionOf(refer(overrides))).toMatchObject({ kind, field });
  });

  test('refuses not-permitted in reporter, for a caller of another institution', () => {
    const elsewhere = referCase(henri(learnt), command, facts({ callerInstitution: CCAS }));
    expect(rejectionOf(elsewhere)).toMatchObject({ kind: 'not-permitted', field: 'reporter' });
  });

  test('refuses a report of tomorrow, and a case of another commission', () => {
    const report = { ...aReferral().report!, date: civilDate('2026-03-02') };
    expect(rejectionOf(refer({ referral: aReferral({ report }) }))).toMatchObject({ field: 'report.date' });
    const elsewhere = refer({ referral: aReferral({ commission: id('Commission', 2) }) }, referred());
    expect(rejectionOf(elsewhere)).toMatchObject({ kind: 'contradiction', field: 'case' });
  });
});
