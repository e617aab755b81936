import { accept, type Decision, type Effective } from '#decider';
import { rejectNotInForce, type InstitutionId, type Mandate } from '#directory';
import {
  alreadyEnded,
  holderKey,
  institutionOf,
  notFound,
  rejectForeign,
  rejectImpossibleDate,
  stands,
  type AccessAnswered,
  type ActivePerson,
  type Facts,
} from '#person';
import { endMs, rejectEarlier, startMs } from '#time';

export interface AnswerAccess {
  readonly request: string;
  readonly mandate: Mandate;
  /** Left out: now. */
  readonly effectiveAt?: Effective;
}

/** The institution answers, and names to the person everybody whom it told (CJEU C-154/21). */
export function answerAccess(
  person: ActivePerson,
  { request, mandate, effectiveAt }: AnswerAccess,
  facts: Facts,
): Decision<AccessAnswered> {
  const asked = person.accessRequests.get(request);
  if (!asked) return notFound('access request');
  const answeredAt = effectiveAt ?? facts.now;
  return (
    rejectForeign(undefined, facts, [asked.institution]) ??
    (asked.answeredAt ? alreadyEnded('This request has been answered.') : undefined) ??
    rejectImpossibleDate(person, 'effectiveAt', effectiveAt, facts.now) ??
    rejectEarlier('effectiveAt', effectiveAt, asked.origin.effectiveAt) ??
    rejectNotInForce('by', mandate, answeredAt) ??
    accept({
      type: 'AccessAnswered',
      data: { request, by: mandate.mandate, recipients: toldBy(person, asked.institution, answeredAt) },
      effectiveAt,
    })
  );
}

/** Whoever the institution told by then. Its own staff are no recipients (CJEU C-579/21, from memory). */
function toldBy(person: ActivePerson, institution: InstitutionId, by: Effective): readonly string[] {
  const told = [...person.acts.values()]
    .filter((act) => stands(person, act) && startMs(act.effectiveAt) < endMs(by))
    .filter(({ discloser }) => discloser && institutionOf(discloser) === institution)
    .flatMap(({ recipients }) => recipients)
    .filter((one) => one.kind !== 'unknown' && institutionOf(one) !== institution);
  const keys = told.flatMap((one) => {
    const theirs = institutionOf(one);
    return [holderKey(one), ...(theirs ? [`institution:${theirs}`] : [])];
  });
  return [...new Set(keys)].sort();
}
