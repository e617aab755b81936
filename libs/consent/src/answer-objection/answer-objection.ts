import { accept, type Decision, type Effective } from '#decider';
import { rejectNotInForce, type Mandate } from '#directory';
import {
  alreadyEnded,
  notFound,
  rejectImpossibleDate,
  type ActivePerson,
  type Facts,
  type ObjectionAnswered,
} from '#person';
import { rejectEarlier } from '#time';

export interface AnswerObjection {
  readonly answer: ObjectionAnswered['data'];
  readonly mandate: Mandate;
  /** Left out: now. */
  readonly effectiveAt?: Effective;
}

export function answerObjection(
  person: ActivePerson,
  { answer, mandate, effectiveAt }: AnswerObjection,
  { now }: Facts,
): Decision<ObjectionAnswered> {
  const objection = person.objections.get(answer.objection);
  if (!objection) return notFound('objection');
  if (objection.answer === answer.answer) return accept();
  if (objection.answer !== undefined) return alreadyEnded('This objection has been answered otherwise.');
  if (objection.liftedAt !== undefined) return alreadyEnded('This objection has been lifted.');
  return (
    rejectImpossibleDate(person, 'effectiveAt', effectiveAt, now) ??
    rejectEarlier('effectiveAt', effectiveAt, objection.origin.effectiveAt) ??
    rejectNotInForce('by', mandate, effectiveAt ?? now) ??
    accept({ type: 'ObjectionAnswered', data: answer, effectiveAt })
  );
}
