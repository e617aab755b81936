import { describe, expect, test } from '@jest/globals';
import { personTesting, type ObjectionAnswered, type PersonEvent } from '#person';
import { civilDate } from '#time';
import { answerObjection } from './answer-objection.js';

const { CCAS, described, facts, henri, id, nurseMandate, NURSE, objected, rejectionOf, SSIAD } =
  personTesting;
const effectiveAt = civilDate('2026-02-25');
const answer: ObjectionAnswered['data'] = {
  objection: id('Objection', 1),
  by: NURSE,
  institution: SSIAD,
  answer: 'accepted',
  reason: 'Le CCAS ne recevra plus rien.',
};
const answered: PersonEvent = { type: 'ObjectionAnswered', data: answer, effectiveAt };
const lifted: PersonEvent = {
  type: 'ObjectionLifted',
  data: { objection: id('Objection', 1), by: { kind: 'person' }, means: 'oral' },
};

function answering(history: readonly PersonEvent[], overrides = {}, at = effectiveAt) {
  const command = { answer: { ...answer, ...overrides }, mandate: nurseMandate(), effectiveAt: at };
  return answerObjection(henri(described(), ...history), command, facts());
}

describe('answer an objection', () => {
  test('records the answer and its reason', () => {
    expect(answering([objected()])).toEqual({ kind: 'accepted', events: [answered] });
  });

  test('records nothing the second time', () => {
    expect(answering([objected(), answered])).toEqual({ kind: 'accepted', events: [] });
  });

  test('refuses to answer otherwise than was answered, or what was lifted', () => {
    const otherwise = answering([objected(), answered], { answer: 'rejected' });
    expect(rejectionOf(otherwise)).toMatchObject({ kind: 'already-ended' });
    expect(rejectionOf(answering([objected(), lifted]))).toMatchObject({ kind: 'already-ended' });
  });

  test('is for each institution that it concerns: answered by one, it still waits for the other', () => {
    const { institution: _, ...earlier } = answer;
    const ofCcas = { ...answer, institution: CCAS, answer: 'rejected' as const };
    const asCcas = facts({ callerInstitution: CCAS });
    const command = { answer: ofCcas, mandate: nurseMandate(), effectiveAt };
    const after = (...more: readonly PersonEvent[]) =>
      answerObjection(henri(described(), objected(), ...more), command, asCcas);
    expect(after(answered)).toMatchObject({ events: [{ data: ofCcas }] });
    expect(rejectionOf(after({ ...answered, data: earlier }))).toMatchObject({ kind: 'already-ended' });
  });

  test('is not for an institution that it does not name and that never held what it covers', () => {
    const other = facts({ callerInstitution: id('Institution', 3) });
    const command = { answer, mandate: nurseMandate(), effectiveAt };
    const ask = (by: typeof other, overrides = {}) =>
      answerObjection(henri(described(), objected(overrides)), command, by);
    expect(rejectionOf(ask(other))).toMatchObject({ kind: 'not-permitted' });
    expect(ask(facts(), { categories: ['functional-impact'] }).kind).toBe('accepted');
    expect(rejectionOf(ask(facts(), { categories: ['housing'] }))).toMatchObject({ kind: 'not-permitted' });
    expect(ask({ ...other, caller: { kind: 'client', id: 'import' } }).kind).toBe('accepted');
  });

  test('refuses an objection that this person never raised', () => {
    expect(rejectionOf(answering([]))).toMatchObject({ kind: 'not-found' });
  });

  test.each([
    ['date-in-future', '2026-03-02'],
    ['date-before-birth', '1948-03-11'],
    ['contradiction', '2026-02-19'],
  ])('refuses %s: %s', (kind, date) => {
    expect(rejectionOf(answering([objected()], {}, civilDate(date)))).toMatchObject({
      kind,
      field: 'effectiveAt',
    });
  });

  test('refuses a mandate that is not in force when it answers', () => {
    const mandate = nurseMandate({ validUntil: civilDate('2026-02-24') });
    const decision = answerObjection(
      henri(described(), objected()),
      { answer, mandate, effectiveAt },
      facts(),
    );
    expect(rejectionOf(decision)).toMatchObject({ kind: 'mandate-not-in-force', field: 'by' });
  });
});
