import { describe, expect, test } from '@jest/globals';
import { personTesting, type PersonEvent } from '#person';
import { civilDate } from '#time';
import { reported } from '../testing.js';
import { observeEffect } from './observe-effect.js';

const { CCAS, described, facts, henri, id, NURSE, nurseMandate, rejectionOf } = personTesting;
const effectiveAt = civilDate('2026-02-10');
const observation = { disclosure: id('Disclosure', 1), effect: 'aide-ménagère', by: NURSE };
const observed: PersonEvent = { type: 'EffectObserved', data: observation, effectiveAt };

function observing(history: readonly PersonEvent[], at = effectiveAt, mandate = nurseMandate()) {
  return observeEffect(henri(...history), { observation, mandate, effectiveAt: at }, facts());
}

const told = [described(), reported()];

describe('observe an effect', () => {
  test('records what the disclosure brought the person', () => {
    expect(observing(told)).toEqual({ kind: 'accepted', events: [observed] });
  });

  test('records nothing the second time', () => {
    expect(observing([...told, observed])).toEqual({ kind: 'accepted', events: [] });
  });

  test('is for those who disclosed or received it, and whoever recorded it', () => {
    const elsewhere = facts({ callerInstitution: id('Institution', 3) });
    const command = { observation, mandate: nurseMandate(), effectiveAt };
    const person = henri(...told);
    expect(observeEffect(person, command, facts({ callerInstitution: CCAS })).kind).toBe('accepted');
    expect(rejectionOf(observeEffect(person, command, elsewhere))).toMatchObject({ kind: 'not-permitted' });
    const recorded = { ...command, recordedAt: id('Institution', 3) };
    expect(observeEffect(person, recorded, elsewhere).kind).toBe('accepted');
  });

  test('refuses a disclosure that is not about this person', () => {
    expect(rejectionOf(observing([]))).toMatchObject({ kind: 'not-found' });
  });

  test.each([
    ['date-in-future', '2026-03-02'],
    ['date-before-birth', '1948-03-11'],
    ['contradiction', '2026-01-08'],
  ])('refuses %s: %s', (kind, date) => {
    expect(rejectionOf(observing(told, civilDate(date)))).toMatchObject({ kind, field: 'effectiveAt' });
  });

  test('refuses a mandate that is not in force when it observes', () => {
    const ended = nurseMandate({ validUntil: civilDate('2026-02-09') });
    expect(rejectionOf(observing(told, effectiveAt, ended))).toMatchObject({
      kind: 'mandate-not-in-force',
      field: 'by',
    });
  });
});
