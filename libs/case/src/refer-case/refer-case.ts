import { accept, reject, type Decision, type Effective } from '#decider';
import { held, rejectUnknownDisclosed } from '#disclosure';
import { rejectNotInForce, unknownReference, type KnownMandate } from '#directory';
import {
  alreadyEnded,
  emptyScope,
  holderOf,
  rejectForeign,
  rejectImpossibleDate,
  sameData,
  type ActivePerson,
  type CaseReferred,
  type Facts,
} from '#person';
import type { Rejected } from '#time';

export interface ReferCase {
  readonly referral: CaseReferred['data'];
  readonly commissionKnown: boolean;
  /** The mandate of the reporter, as its institution has it. */
  readonly reporter: KnownMandate;
  /** Left out: now. */
  readonly effectiveAt?: Effective;
}

/** A case referred again under its id is completed: the report was written, or the person has read it since. */
export function referCase(person: ActivePerson, command: ReferCase, facts: Facts): Decision<CaseReferred> {
  const { referral, effectiveAt } = command;
  const known = person.cases.get(referral.case);
  const rejected =
    rejectForeign('reporter', facts, [command.reporter.institution]) ??
    rejectElsewhere(command) ??
    rejectWrongDates(person, command, facts) ??
    rejectWrongItems(person, command, facts) ??
    rejectOther(known, referral);
  if (rejected) return rejected;
  if (known) {
    const { origin: _, conclusions: __, ...said } = known;
    if (sameData(said, referral)) return accept();
  }
  return accept({ type: 'CaseReferred', data: referral, effectiveAt });
}

function rejectElsewhere({ commissionKnown }: ReferCase): Rejected | undefined {
  return commissionKnown ? undefined : unknownReference('commission', 'commission of this ledger');
}

function rejectWrongDates(
  person: ActivePerson,
  { referral, reporter, effectiveAt }: ReferCase,
  { now }: Facts,
): Rejected | undefined {
  return (
    rejectImpossibleDate(person, 'effectiveAt', effectiveAt, now) ??
    rejectImpossibleDate(person, 'report.date', referral.report?.date, now) ??
    rejectNotInForce('reporter', reporter.mandate, effectiveAt ?? now)
  );
}

function rejectWrongItems(
  person: ActivePerson,
  { referral: { items }, reporter, effectiveAt }: ReferCase,
  { now }: Facts,
): Rejected | undefined {
  if (items.length === 0) return emptyScope('items', 'The case names no item.');
  const unknown = rejectUnknownDisclosed(person, 'items', items);
  if (unknown) return unknown;
  const holder = holderOf(reporter);
  const missing = items.findIndex(({ item }) => !held(person, item, holder, effectiveAt ?? now));
  if (missing < 0) return undefined;
  return reject({
    kind: 'not-held',
    field: `items[${missing}].item`,
    detail: 'The reporter does not hold this item, as far as this ledger knows.',
    remedy: 'Declare how it was learnt (a holding), or leave it out.',
  });
}

/** What is referred again stays the same case, before the same commission, and waits for its conclusion. */
function rejectOther(
  known: ReturnType<ActivePerson['cases']['get']>,
  { commission, reporter }: CaseReferred['data'],
): Rejected | undefined {
  if (!known) return undefined;
  if (known.conclusions.length > 0) return alreadyEnded('This case was concluded.');
  if (known.commission === commission && known.reporter === reporter) return undefined;
  return reject({
    kind: 'contradiction',
    field: 'case',
    detail: 'This case was referred to another commission, or by another reporter.',
    remedy: 'Leave `case` out to refer a new one.',
  });
}
