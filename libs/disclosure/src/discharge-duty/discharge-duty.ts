import { accept, reject, type Decision, type Effective } from '#decider';
import { rejectNotInForce, type InstitutionId, type KnownMandate } from '#directory';
import {
  answeringFor,
  consentPeriod,
  institutionOf,
  notFound,
  rejectImpossibleDate,
  stands,
  type Act,
  type ActivePerson,
  type DutyDischarged,
} from '#person';
import { rejectEarlier, startMs, type Rejected } from '#time';
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
  'acknowledge-lapse',
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
    rejectNotOwed(debtors(person, act, { ...discharge, at: effectiveAt ?? facts.now }, facts), institution) ??
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
  owing: readonly (InstitutionId | undefined)[],
  institution: InstitutionId,
): Rejected | undefined {
  if (owing.includes(institution)) return undefined;
  return reject({
    kind: 'contradiction',
    field: 'kind',
    detail: 'This institution owes no such duty on this disclosure.',
    remedy: 'See GET /v1/duties for what it owes; let the institution that owes it say that it is done.',
  });
}

function debtors(
  person: ActivePerson,
  act: Act,
  { kind, at }: { readonly kind: string; readonly at: Effective },
  facts: PastFacts,
): readonly (InstitutionId | undefined)[] {
  const { declared, discloser, recipients } = act;
  if (!stands(person, act)) return [];
  const own = discloser && institutionOf(discloser);
  if (kind === 'review-exception') return declared?.exception?.reviewBy ? [own] : [];
  if (kind === 'acknowledge-lapse')
    return hasLapsed(person, at) ? recipients.map((one) => institutionOf(one) ?? own) : [];
  return dutiesOfAct(person, act, facts)
    .filter((duty) => duty.kind === kind)
    .map(({ debtor }) => answeringFor(act, debtor));
}

/** Whether anything that was agreed to is over by then, or has lapsed at majority. */
function hasLapsed(person: ActivePerson, at: Effective): boolean {
  return [...person.consents.values()].some(
    (consent) => consentPeriod(person, consent).untilMs <= startMs(at),
  );
}
