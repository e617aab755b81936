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
  type DisclosureExplained,
  type DisclosureId,
  type Explained,
  type Facts,
  type TakenBack,
} from '#person';
import { rejectInverted, type Rejected } from '#time';
import { basisOfAct, type PastFacts } from '../reported.js';
import {
  rejectUnknownConsents,
  rejectUnknownDisclosed,
  rejectUnknownRetention,
  rejectUnwieldy,
} from '../rules.js';

type Correction = DisclosureCorrected['data'];

/** Of what stands beside a report, too, something can have nothing in its place. */
export interface Corrections extends Omit<Correction, 'takenBack'> {
  readonly takenBack?: readonly (TakenBack | keyof Explained)[];
}

export interface CorrectDisclosure {
  readonly correction: Corrections;
  /** Of what stands beside a report: said anew. */
  readonly explained?: Explained;
  /** Whose mandate recorded the act, where one did. */
  readonly recordedAt?: InstitutionId;
}

/** What the record should have said; what it did say stays on record. */
export function correctDisclosure(
  person: ActivePerson,
  command: CorrectDisclosure,
  facts: PastFacts,
): Decision<DisclosureCorrected | DisclosureExplained> {
  const { explained = {}, recordedAt } = command;
  const { correction, unexplained } = asRecorded(command.correction);
  const { disclosure, duplicateOf, actEffectiveAt, changes } = correction;
  const act = person.acts.get(disclosure);
  if (!act) return notFound('disclosure');
  const answering = [recordedAt, act.discloser && institutionOf(act.discloser)];
  const after = explainedAnew(corrected(act, correction), explained, unexplained);
  const rejected =
    rejectForeign(undefined, facts, answering) ??
    rejectUnknownChanges(person, changes, facts) ??
    rejectImpossibleDate(person, 'actEffectiveAt', actEffectiveAt, facts.now) ??
    rejectNoDuplicate(person, disclosure, duplicateOf) ??
    rejectSaidAndTakenBack(command) ??
    rejectCrippled(act, after, command);
  if (rejected) return rejected;
  return sameData(act, after) ? accept() : accept(...corrections(person, correction, act, after, facts));
}

const BESIDE: ReadonlySet<string> = new Set<keyof Explained>([
  'exception',
  'unableToProtectThemselves',
  'keeps',
  'withheld',
]);

/** What stands beside the act is taken back in an event of its own. */
function asRecorded({ takenBack = [], ...rest }: Corrections) {
  const unexplained = takenBack.filter((one): one is keyof Explained => BESIDE.has(one));
  const own = takenBack.filter((one): one is TakenBack => !BESIDE.has(one));
  const correction: Correction = { ...rest, ...(own.length > 0 ? { takenBack: own } : {}) };
  return { correction, unexplained };
}

function explainedAnew(act: Act, explained: Explained, unexplained: readonly (keyof Explained)[]): Act {
  const declared = { ...act.declared, ...explained };
  for (const member of unexplained) delete declared[member];
  return sameData(declared, act.declared ?? {}) ? act : { ...act, declared };
}

/** What an act was declared with is replaced as a whole; what it rests on follows from all that is known of it now. */
function corrections(
  person: ActivePerson,
  correction: Correction,
  before: Act,
  after: Act,
  facts: PastFacts,
): readonly (DisclosureCorrected | DisclosureExplained)[] {
  const { disclosure, changes } = correction;
  const basis = after.reported || changes.basis ? basisOfAct(person, after, facts) : after.basis;
  const data = sameData(basis, after.basis)
    ? correction
    : { ...correction, changes: { ...changes, ...(basis ? { basis } : {}) } };
  const { declared = {} } = after;
  const explained: readonly DisclosureExplained[] = sameData(declared, before.declared ?? {})
    ? []
    : [{ type: 'DisclosureExplained', data: { disclosure, declared } }];
  return [{ type: 'DisclosureCorrected', data }, ...explained];
}

function rejectUnknownChanges(
  person: ActivePerson,
  { basis, discloser, items = [], purpose, recipients = [], retentionRule }: Correction['changes'],
  { catalogue }: Facts,
): Rejected | undefined {
  return (
    rejectUnknownOutsider(person, 'changes.discloser', discloser) ??
    rejectUnknownDisclosed(person, 'changes.items', items) ??
    rejectUnknownOutsiders(person, 'changes.recipients', recipients) ??
    rejectUnknownPurpose(catalogue, 'changes.purpose', purpose) ??
    rejectUnknownProvision(catalogue, 'changes.provision', basis?.provision) ??
    rejectUnknownConsents(person, 'changes.consents', basis?.consents ?? []) ??
    rejectUnknownRetention(catalogue, 'changes.retentionRule', retentionRule)
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

function rejectSaidAndTakenBack({
  correction: { changes, duplicateOf, takenBack = [] },
  explained,
}: CorrectDisclosure): Rejected | undefined {
  const said: object = { ...changes, ...explained, ...(duplicateOf ? { duplicateOf } : {}) };
  const twice = takenBack.findIndex((member) => member in said);
  if (twice < 0) return undefined;
  return reject({
    kind: 'contradiction',
    field: `takenBack[${twice}]`,
    detail: 'This is said anew and taken back at once.',
    remedy: 'Leave out one of the two.',
  });
}

/** What it was declared with included: that was decided on. */
const NEEDED_TO_DECIDE: ReadonlySet<string> = new Set<TakenBack>([
  'purpose',
  'basis',
  'frame',
  'channel',
  'discloser',
]);

/** What was decided on keeps all that a decision needs; of what was only told, anything may turn out to be unknown. */
function rejectCrippled(
  before: Act,
  after: Act,
  { correction: { changes, takenBack = [] }, explained = {} }: CorrectDisclosure,
): Rejected | undefined {
  const unwieldy =
    changes.items || changes.recipients
      ? rejectUnwieldy('changes.', after.items, after.recipients)
      : undefined;
  const rejected = rejectDates(before, after, changes) ?? unwieldy;
  if (rejected || after.reported) return rejected;
  if (after.items.length === 0) return emptyScope('changes.items', 'The disclosure names no item.');
  if (after.recipients.length === 0)
    return emptyScope('changes.recipients', 'The disclosure names no recipient.');
  const [declared] = Object.keys(explained);
  if (declared) return decidedOn(`changes.${declared}`);
  const needed = takenBack.findIndex((member) => NEEDED_TO_DECIDE.has(member) || BESIDE.has(member));
  return needed < 0 ? undefined : decidedOn(`takenBack[${needed}]`);
}

/** A last day, and the review of an exception, follow the act: asked where one of the two was changed. */
function rejectDates(before: Act, after: Act, { retainUntil }: Correction['changes']): Rejected | undefined {
  const { effectiveAt } = after;
  const isMoved = !sameData(before.effectiveAt, effectiveAt);
  const kept =
    isMoved || !sameData(before.retainUntil, after.retainUntil)
      ? rejectInverted(retainUntil ? 'changes.retainUntil' : 'actEffectiveAt', effectiveAt, after.retainUntil)
      : undefined;
  const reviewBy = after.declared?.exception?.reviewBy;
  const isSaid = !sameData(before.declared?.exception?.reviewBy, reviewBy);
  return (
    kept ??
    (isMoved || isSaid
      ? rejectInverted(isSaid ? 'changes.exception.reviewBy' : 'actEffectiveAt', effectiveAt, reviewBy)
      : undefined)
  );
}

function decidedOn(field: string): Rejected {
  return reject({
    kind: 'contradiction',
    field,
    detail: 'It was decided on: what it needed for that was known.',
    remedy: 'Say what it should have been, or that it never happened.',
  });
}
