import { accept, type Decision, type Effective } from '#decider';
import { rejectNotInForce, type Mandate } from '#directory';
import {
  alreadyEnded,
  answeringObjections,
  answerOf,
  notFound,
  rejectForeign,
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

/** Every institution that it concerns answers for itself, once. */
export function answerObjection(
  person: ActivePerson,
  { answer, mandate, effectiveAt }: AnswerObjection,
  facts: Facts,
): Decision<ObjectionAnswered> {
  const objection = person.objections.get(answer.objection);
  if (!objection) return notFound('objection');
  const rejected = rejectForeign(undefined, facts, answeringObjections(person, objection));
  if (rejected) return rejected;
  const given = answerOf(objection, answer.institution)?.answer;
  if (given === answer.answer) return accept();
  if (given !== undefined) return alreadyEnded('This objection has been answered otherwise.');
  if (objection.liftedAt !== undefined) return alreadyEnded('This objection has been lifted.');
  const { now } = facts;
  return (
    rejectImpossibleDate(person, 'effectiveAt', effectiveAt, now) ??
    rejectEarlier('effectiveAt', effectiveAt, objection.origin.effectiveAt) ??
    rejectNotInForce('by', mandate, effectiveAt ?? now) ??
    accept({ type: 'ObjectionAnswered', data: answer, effectiveAt })
  );
}
