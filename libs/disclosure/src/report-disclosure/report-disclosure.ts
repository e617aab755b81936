import { accept, type Decision, type Effective } from '#decider';
import {
  rejectImpossibleDate,
  rejectUnknownOutsider,
  rejectUnknownOutsiders,
  rejectUnknownProvision,
  rejectUnknownPurpose,
  type ActivePerson,
  type DisclosureExplained,
  type DisclosureReported,
  type Explained,
  type ReportedData,
} from '#person';
import { rejectInverted, type Rejected } from '#time';
import { basisOfAct, type PastFacts } from '../reported.js';
import {
  rejectUnknownConsents,
  rejectUnknownDisclosed,
  rejectUnknownRetention,
  rejectUnwieldy,
} from '../rules.js';

export interface ReportDisclosure {
  /** Its basis as it was told. */
  readonly report: ReportedData;
  /** What the nine points ask beside; empty: nothing was said of it. */
  readonly explained?: Explained;
  /** When it happened. */
  readonly effectiveAt: Effective;
}

/** What happened is recorded whatever it breaks; only what cannot be understood is turned down. */
export function reportDisclosure(
  person: ActivePerson,
  command: ReportDisclosure,
  facts: PastFacts,
): Decision<DisclosureReported | DisclosureExplained> {
  const rejected = rejectUnintelligibleReport(person, command, facts);
  if (rejected) return rejected;
  const { report, explained: declared = {}, effectiveAt } = command;
  const { items = [], recipients = [], disclosure } = report;
  const origin = { revision: facts.revision + 1 };
  const act = { ...report, items, recipients, reported: true, declared, effectiveAt, origin };
  const basis = basisOfAct(person, act, facts);
  const data = { ...report, ...(basis ? { basis } : {}) };
  const explained: readonly DisclosureExplained[] =
    Object.keys(declared).length === 0
      ? []
      : [{ type: 'DisclosureExplained', data: { disclosure, declared }, effectiveAt }];
  return accept<DisclosureReported | DisclosureExplained>(
    { type: 'DisclosureReported', data, effectiveAt },
    ...explained,
  );
}

function rejectUnintelligibleReport(
  person: ActivePerson,
  { report, explained, effectiveAt }: ReportDisclosure,
  { now, catalogue }: PastFacts,
): Rejected | undefined {
  const { basis, discloser, items = [], onward = [], purpose, recipients = [], retainUntil } = report;
  return (
    rejectUnwieldy('', items, recipients) ??
    rejectUnknownOutsider(person, 'discloser', discloser) ??
    rejectUnknownDisclosed(person, 'items', items) ??
    rejectUnknownOutsiders(person, 'recipients', recipients) ??
    rejectUnknownOutsiders(person, 'onward', onward) ??
    rejectUnknownPurpose(catalogue, 'purpose', purpose) ??
    rejectUnknownProvision(catalogue, 'provision', basis?.provision) ??
    rejectUnknownConsents(person, 'consents', basis?.consents ?? []) ??
    rejectUnknownRetention(catalogue, 'retentionRule', report.retentionRule) ??
    rejectImpossibleDate(person, 'effectiveAt', effectiveAt, now) ??
    rejectInverted('retainUntil', effectiveAt, retainUntil) ??
    rejectInverted('exception.reviewBy', effectiveAt, explained?.exception?.reviewBy)
  );
}
