import { accept, reject, type Decision } from '#decider';
import type { InstitutionId } from '#directory';
import {
  institutionOf,
  notFound,
  rejectForeign,
  rejectImpossibleDate,
  rejectUnknownOutsider,
  rejectUnknownOutsiders,
  rejectUnknownProvision,
  rejectUnknownPurpose,
  sameData,
  unknownReference,
  type Act,
  type ActivePerson,
  type DisclosureCorrected,
  type DisclosureId,
  type Facts,
} from '#person';
import { rejectInverted, type Rejected } from '#time';
import { rejectUnknownConsents, rejectUnknownDisclosed } from '../rules.js';

export interface CorrectDisclosure {
  readonly correction: DisclosureCorrected['data'];
  /** Whose mandate recorded the act, where one did. */
  readonly recordedAt?: InstitutionId;
}

/** What the record should have said; what it did say stays on record. */
export function correctDisclosure(
  person: ActivePerson,
  { correction, recordedAt }: CorrectDisclosure,
  facts: Facts,
): Decision<DisclosureCorrected> {
  const { disclosure, duplicateOf, actEffectiveAt, changes } = correction;
  const act = person.acts.get(disclosure);
  if (!act) return notFound('disclosure');
  const answering = [recordedAt, act.discloser && institutionOf(act.discloser)];
  const rejected =
    rejectForeign(undefined, facts, answering) ??
    rejectUnknownChanges(person, changes, facts) ??
    rejectImpossibleDate(person, 'actEffectiveAt', actEffectiveAt, facts.now) ??
    rejectInverted('changes.retainUntil', actEffectiveAt ?? act.effectiveAt, changes.retainUntil) ??
    rejectNoDuplicate(person, disclosure, duplicateOf);
  if (rejected) return rejected;
  return saysSoAlready(act, correction)
    ? accept()
    : accept({ type: 'DisclosureCorrected', data: correction });
}

function rejectUnknownChanges(
  person: ActivePerson,
  { basis, discloser, items = [], purpose, recipients = [] }: DisclosureCorrected['data']['changes'],
  { catalogue }: Facts,
): Rejected | undefined {
  return (
    rejectUnknownOutsider(person, 'changes.discloser', discloser) ??
    rejectUnknownDisclosed(person, 'changes.items', items) ??
    rejectUnknownOutsiders(person, 'changes.recipients', recipients) ??
    rejectUnknownPurpose(catalogue, 'changes.purpose', purpose) ??
    rejectUnknownProvision(catalogue, 'changes.provision', basis?.provision) ??
    rejectUnknownConsents(person, 'changes.consents', basis?.consents ?? [])
  );
}

function rejectNoDuplicate(
  person: ActivePerson,
  disclosure: DisclosureId,
  duplicateOf: DisclosureId | undefined,
): Rejected | undefined {
  if (duplicateOf === undefined) return undefined;
  if (!person.acts.has(duplicateOf)) return unknownReference('duplicateOf', 'disclosure about this person');
  if (!originalsOf(person, duplicateOf).has(disclosure)) return undefined;
  return reject({
    kind: 'contradiction',
    field: 'duplicateOf',
    detail: 'That disclosure is this one, or was said to be a duplicate of it.',
    remedy: 'Keep one of them as the record of the act.',
  });
}

/** The disclosure itself, what it duplicates, what that duplicates, and so on. */
function originalsOf(person: ActivePerson, disclosure: DisclosureId): ReadonlySet<DisclosureId> {
  const originals = new Set<DisclosureId>();
  for (let next: DisclosureId | undefined = disclosure; next !== undefined && !originals.has(next);) {
    originals.add(next);
    next = person.acts.get(next)?.duplicateOf;
  }
  return originals;
}

function saysSoAlready(act: Act, correction: DisclosureCorrected['data']): boolean {
  const { changes, actEffectiveAt, duplicateOf, retracted } = correction;
  const said: Partial<Act> = {
    ...changes,
    ...(actEffectiveAt ? { effectiveAt: actEffectiveAt } : {}),
    ...(duplicateOf ? { duplicateOf } : {}),
    ...(retracted ? { retracted } : {}),
  };
  return Object.entries(said).every(([key, value]) => sameData(act[key as keyof Act], value));
}
