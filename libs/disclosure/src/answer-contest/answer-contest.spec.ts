import { describe, expect, test } from '@jest/globals';
import { personTesting, type ContestAnswered, type PersonEvent } from '#person';
import { civilDate } from '#time';
import { reported } from '../testing.js';
import { answerContest } from './answer-contest.js';

const { CCAS, described, facts, henri, id, NURSE, nurseMandate, rejectionOf, SSIAD } = personTesting;
const effectiveAt = civilDate('2026-02-10');
const answer: ContestAnswered['data'] = {
  disclosure: id('Disclosure', 1),
  by: NURSE,
  answer: 'upheld',
  reason: 'Le destinataire était un autre.',
};
const contested: PersonEvent = {
  type: 'DisclosureContested',
  data: { disclosure: id('Disclosure', 1), ground: 'Ce n’était pas lui.' },
  effectiveAt: civilDate('2026-02-01'),
};
const answered: PersonEvent = { type: 'ContestAnswered', data: answer, effectiveAt };

function answering(history: readonly PersonEvent[], at = effectiveAt, mandate = nurseMandate()) {
  const person = henri(described(), reported(), ...history);
  return answerContest(person, { answer, mandate, effectiveAt: at }, facts());
}

describe('answer a contest', () => {
  test('records the answer and its reason', () => {
    expect(answering([contested])).toEqual({ kind: 'accepted', events: [answered] });
  });

  test('answers what was contested again', () => {
    const again = { ...contested, effectiveAt: civilDate('2026-02-10') };
    expect(answering([contested, answered, again]).kind).toBe('accepted');
  });

  test.each<[string, Parameters<typeof reported>[0], string, string | undefined]>([
    ['the discloser', {}, SSIAD, CCAS],
    ['the recipients, where nobody knows who disclosed', { discloser: { kind: 'unknown' } }, CCAS, SSIAD],
    [
      'who recorded it, where nobody took part with a mandate',
      { discloser: { kind: 'unknown' }, recipients: [{ kind: 'unknown' }] },
      SSIAD,
      CCAS,
    ],
  ])('is for %s alone', (_, act, own, other) => {
    const person = henri(described(), reported(act), contested);
    const command = { answer, mandate: nurseMandate(), recordedAt: SSIAD, effectiveAt };
    const as = (callerInstitution: unknown) =>
      answerContest(person, command, facts({ callerInstitution: callerInstitution as typeof SSIAD }));
    expect(as(own).kind).toBe('accepted');
    expect(rejectionOf(as(other))).toMatchObject({ kind: 'not-permitted' });
    const program = facts({ caller: { kind: 'client', id: 'import' } });
    expect(answerContest(person, command, program).kind).toBe('accepted');
  });

  test('refuses to answer twice', () => {
    expect(rejectionOf(answering([contested, answered]))).toMatchObject({ kind: 'already-ended' });
  });

  test('refuses to answer what nobody contested', () => {
    expect(rejectionOf(answering([]))).toMatchObject({ kind: 'contradiction' });
  });

  test('refuses a disclosure that is not about this person', () => {
    const decision = answerContest(henri(), { answer, mandate: nurseMandate(), effectiveAt }, facts());
    expect(rejectionOf(decision)).toMatchObject({ kind: 'not-found' });
  });

  test.each([
    ['date-in-future', '2026-03-02'],
    ['date-before-birth', '1948-03-11'],
    ['contradiction', '2026-01-31'],
  ])('refuses %s: %s', (kind, date) => {
    const rejection = rejectionOf(answering([contested], civilDate(date)));
    expect(rejection).toMatchObject({ kind, field: 'effectiveAt' });
  });

  test('refuses a mandate that is not in force when it answers', () => {
    const ended = nurseMandate({ validUntil: civilDate('2026-02-09') });
    expect(rejectionOf(answering([contested], effectiveAt, ended))).toMatchObject({
      kind: 'mandate-not-in-force',
      field: 'by',
    });
  });
});
