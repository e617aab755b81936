import { accept, reject, type Decision, type Effective } from '#decider';
import { rejectNotInForce, type InstitutionId, type Mandate } from '#directory';
import {
  alreadyEnded,
  answeringContests,
  notFound,
  rejectForeign,
  rejectImpossibleDate,
  type Act,
  type ActivePerson,
  type ContestAnswered,
  type Facts,
} from '#person';
import { rejectEarlier, type Rejected } from '#time';

export interface AnswerContest {
  readonly answer: ContestAnswered['data'];
  readonly mandate: Mandate;
  /** Whose mandate recorded the act, where one did. */
  readonly recordedAt?: InstitutionId;
  /** Left out: now. */
  readonly effectiveAt?: Effective;
}

/**
 * One answer settles everything that was contested so far. Who answers for the act gives it; where nobody with a
 * mandate took part, who recorded it.
 */
export function answerContest(
  person: ActivePerson,
  { answer, mandate, recordedAt, effectiveAt }: AnswerContest,
  facts: Facts,
): Decision<ContestAnswered> {
  const act = person.acts.get(answer.disclosure);
  if (!act) return notFound('disclosure');
  const { now } = facts;
  const answering = answeringContests(act);
  return (
    rejectForeign(undefined, facts, answering.length > 0 ? answering : [recordedAt]) ??
    rejectSettled(act) ??
    rejectImpossibleDate(person, 'effectiveAt', effectiveAt, now) ??
    rejectBeforeContest(act, effectiveAt) ??
    rejectNotInForce('by', mandate, effectiveAt ?? now) ??
    accept({ type: 'ContestAnswered', data: answer, effectiveAt })
  );
}

function rejectSettled({ contests }: Act): Rejected | undefined {
  if (contests.length === 0)
    return reject({
      kind: 'contradiction',
      detail: 'Nobody contested this disclosure.',
      remedy: 'Record first that it was contested.',
    });
  return contests.some(({ until }) => until === undefined)
    ? undefined
    : alreadyEnded('What was contested has been answered.');
}

function rejectBeforeContest({ contests }: Act, effectiveAt: Effective | undefined): Rejected | undefined {
  return contests
    .filter(({ until }) => until === undefined)
    .map(({ from }) => rejectEarlier('effectiveAt', effectiveAt, from))
    .find((rejected) => rejected !== undefined);
}
