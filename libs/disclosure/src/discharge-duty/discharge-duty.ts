import { accept, reject, type Decision, type Effective } from '#decider';
import { rejectNotInForce, type KnownMandate } from '#directory';
import {
  answeringFor,
  institutionOf,
  notFound,
  rejectImpossibleDate,
  stands,
  type Act,
  type ActivePerson,
  type DutyDischarged,
} from '#person';
import { rejectEarlier, type Rejected } from '#time';
import { dutiesOfAct, type PastFacts } from '../reported.js';

/** Of the duties that follow on an act, those of which nothing else on record tells that they are done. */
export const DISCHARGEABLE = [
  'tell-secrecy',
  'acknowledge-receipt',
  'record-consent-sought',
  'settle-after-alert',
  'give-result',
  'answer-objection',
  'review-exception',
] as const;

export interface DischargeDuty {
  readonly discharge: Pick<DutyDischarged['data'], 'disclosure' | 'kind' | 'note'>;
  /** For whose institution it is done. */
  readonly by: KnownMandate;
  /** Left out: now. */
  readonly effectiveAt?: Effective;
}

/** Done once for all that mandates of one institution owe of this kind on this act. */
export function dischargeDuty(
  person: ActivePerson,
  { discharge, by: { mandate, institution }, effectiveAt }: DischargeDuty,
  facts: PastFacts,
): Decision<DutyDischarged> {
  const act = person.acts.get(discharge.disclosure);
  if (!act) return notFound('disclosure');
  const rejected =
    rejectNotOwed(person, act, discharge.kind, institution, facts) ??
    rejectImpossibleDate(person, 'effectiveAt', effectiveAt, facts.now) ??
    rejectEarlier('effectiveAt', effectiveAt, act.effectiveAt) ??
    rejectNotInForce('by', mandate, effectiveAt ?? facts.now);
  if (rejected) return rejected;
  const isDone = act.discharged?.some(
    (one) => one.kind === discharge.kind && one.institution === institution,
  );
  if (isDone) return accept();
  const data = { ...discharge, by: mandate.mandate, institution };
  return accept({ type: 'DutyDischarged', data, effectiveAt });
}

function rejectNotOwed(
  person: ActivePerson,
  act: Act,
  kind: string,
  institution: KnownMandate['institution'],
  facts: PastFacts,
): Rejected | undefined {
  if (stands(person, act) && debtors(person, act, kind, facts).includes(institution)) return undefined;
  return reject({
    kind: 'contradiction',
    field: 'kind',
    detail: 'This institution owes no such duty on this disclosure.',
    remedy: 'See GET /v1/duties for what it owes; let the institution that owes it say that it is done.',
  });
}

function debtors(person: ActivePerson, act: Act, kind: string, facts: PastFacts) {
  const { declared, discloser } = act;
  if (kind === 'review-exception')
    return declared?.exception?.reviewBy ? [discloser && institutionOf(discloser)] : [];
  return dutiesOfAct(person, act, facts)
    .filter((duty) => duty.kind === kind)
    .map(({ debtor }) => answeringFor(act, debtor));
}
