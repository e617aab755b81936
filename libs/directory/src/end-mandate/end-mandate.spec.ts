import { describe, expect, test } from '@jest/globals';
import { asId, given } from '#decider';
import { civilDate } from '#time';
import type { InstitutionEvent } from '../institution.events.js';
import { inForce, institutionFold } from '../institution.js';
import { lilas, mandateGiven, NURSE_MANDATE } from '../testing.js';
import { endMandate } from './end-mandate.js';

const until = civilDate('2026-03-31');
const end = { mandate: NURSE_MANDATE, until };
const ended: InstitutionEvent = { type: 'MandateEnded', data: end, effectiveAt: until };

describe('end a mandate', () => {
  test('records its last day, which counts as a whole', () => {
    const history = [lilas(), mandateGiven()];
    expect(given(institutionFold, history).when(endMandate, end).events()).toEqual([ended]);
    const { state } = given(institutionFold, [...history, ended]);
    if (state.status !== 'registered') throw new Error('unknown');
    const mandate = state.mandates.get(NURSE_MANDATE)!;
    expect([inForce(mandate, until), inForce(mandate, civilDate('2026-04-01'))]).toEqual([true, false]);
  });

  test('brings a planned end forward', () => {
    const history = [lilas(), mandateGiven({ validUntil: civilDate('2026-12-31') })];
    expect(given(institutionFold, history).when(endMandate, end).events()).toEqual([ended]);
  });

  test('records nothing the second time', () => {
    const again = given(institutionFold, [lilas(), mandateGiven(), ended]).when(endMandate, end);
    expect(again.events()).toEqual([]);
  });

  test('refuses to put an end off', () => {
    const late = { ...end, until: civilDate('2026-04-30') };
    const again = given(institutionFold, [lilas(), mandateGiven(), ended]).when(endMandate, late);
    expect(again.rejection()).toMatchObject({ kind: 'already-ended', field: 'until' });
  });

  test('refuses an end before the first day', () => {
    const early = { ...end, until: civilDate('2024-12-31') };
    const decision = given(institutionFold, [lilas(), mandateGiven()]).when(endMandate, early);
    expect(decision.rejection()).toMatchObject({ kind: 'period-inverted', field: 'until' });
  });

  test('refuses a mandate or an institution that is not there', () => {
    const other = { ...end, mandate: asId<'Mandate'>('00000000-0000-4000-8000-000000000009') };
    for (const past of [[], [lilas()]])
      expect(given(institutionFold, past).when(endMandate, other).rejection()).toMatchObject({
        kind: 'not-found',
      });
  });
});
