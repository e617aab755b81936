import { accept, reject, type Decision } from '#decider';
import type { InstitutionId } from '#directory';
import {
  corrected,
  emptyScope,
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
import { rejectUnknownConsents, rejectUnknownDisclosed, rejectUnwieldy } from '../rules.js';

type Correction = DisclosureCorrected['data'];

export interface CorrectDisclosure {
  readonly correction: Correction;
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
    rejectNoDuplicate(person, disclosure, duplicateOf) ??
    rejectSaidAndTakenBack(correction) ??
    rejectCrippled(act, corrected(act, correction), correction);
  if (rejected) return rejected;
  return sameData(act, corrected(act, correction))
    ? accept()
    : accept({ type: 'DisclosureCorrected', data: correction });
}

function rejectUnknownChanges(
  person: ActivePerson,
  { basis, discloser, items = [], purpose, recipients = [] }: Correction['changes'],
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

function rejectSaidAndTakenBack({ changes, duplicateOf, takenBack = [] }: Correction): Rejected | undefined {
  const said: object = { ...changes, ...(duplicateOf ? { duplicateOf } : {}) };
  const twice = takenBack.findIndex((member) => member in said);
  if (twice < 0) return undefined;
  return reject({
    kind: 'contradiction',
    field: `takenBack[${twice}]`,
    detail: 'This is said anew and taken back at once.',
    remedy: 'Leave out one of the two.',
  });
}

/** What was decided on keeps all that a decision needs; of what was only told, anything may turn out to be unknown. */
function rejectCrippled(
  before: Act,
  after: Act,
  { changes, takenBack = [] }: Correction,
): Rejected | undefined {
  const inverted =
    sameData(before.effectiveAt, after.effectiveAt) && sameData(before.retainUntil, after.retainUntil)
      ? undefined
      : rejectInverted(
          changes.retainUntil ? 'changes.retainUntil' : 'actEffectiveAt',
          after.effectiveAt,
          after.retainUntil,
        );
  const unwieldy =
    changes.items || changes.recipients
      ? rejectUnwieldy('changes.', after.items, after.recipients)
      : undefined;
  const rejected = inverted ?? unwieldy;
  if (rejected || after.reported) return rejected;
  if (after.items.length === 0) return emptyScope('changes.items', 'The disclosure names no item.');
  if (after.recipients.length === 0)
    return emptyScope('changes.recipients', 'The disclosure names no recipient.');
  const needed = takenBack.findIndex((member) => member !== 'duplicateOf' && member !== 'retainUntil');
  if (needed < 0) return undefined;
  return reject({
    kind: 'contradiction',
    field: `takenBack[${needed}]`,
    detail: 'It was decided on: that nobody knows this of it cannot be.',
    remedy: 'Say what it should have been, or that it never happened.',
  });
}
