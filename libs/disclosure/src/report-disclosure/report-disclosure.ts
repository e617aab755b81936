import { accept, type Decision, type Effective } from '#decider';
import {
  rejectImpossibleDate,
  rejectUnknownOutsider,
  rejectUnknownOutsiders,
  rejectUnknownProvision,
  rejectUnknownPurpose,
  type ActivePerson,
  type DisclosureReported,
  type Facts,
  type ReportedData,
} from '#person';
import { rejectInverted } from '#time';
import { rejectUnknownConsents, rejectUnknownDisclosed, rejectUnwieldy } from '../rules.js';

export interface ReportDisclosure {
  readonly report: ReportedData;
  /** When it happened. */
  readonly effectiveAt: Effective;
}

/** What happened is recorded whatever it breaks; only what cannot be understood is turned down. */
export function reportDisclosure(
  person: ActivePerson,
  { report, effectiveAt }: ReportDisclosure,
  { now, catalogue }: Facts,
): Decision<DisclosureReported> {
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
    rejectImpossibleDate(person, 'effectiveAt', effectiveAt, now) ??
    rejectInverted('retainUntil', effectiveAt, retainUntil) ??
    accept({ type: 'DisclosureReported', data: report, effectiveAt })
  );
}
