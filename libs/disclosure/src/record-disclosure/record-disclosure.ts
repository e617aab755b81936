import { accept, reject, type Decision, type Effective } from '#decider';
import { inForce, type KnownMandate, type MandateId } from '#directory';
import {
  emptyScope,
  rejectBeforeBirth,
  rejectUnknownOutsiders,
  rejectUnknownPurpose,
  unknownCode,
  unknownReference,
  type ActivePerson,
  type ConsentId,
  type DisclosureAssessed,
  type DisclosureData,
  type DisclosureRecorded,
  type DisclosureRefused,
  type Facts,
  type ProvisionCode,
} from '#person';
import { rejectFuture, rejectInverted, type Rejected } from '#time';
import { basisOf } from '../basis.js';
import { held } from '../holding.js';
import { rejectUnknownDisclosed } from '../rules.js';
import { consentsFor, judgedAt, passingsOf, reasonsAgainst } from './agreement.js';

export interface RecordDisclosure {
  readonly act: Omit<DisclosureData, 'basis' | 'cites'>;
  readonly provision?: ProvisionCode;
  /** Left out: whichever consents in force cover it. */
  readonly consents?: readonly ConsentId[];
  readonly effectiveAt: Effective;
}

export interface DisclosureFacts extends Facts {
  /** Mandates of the discloser and the recipients, as their institutions have them now. */
  readonly mandates: ReadonlyMap<MandateId, KnownMandate>;
}

type Result = DisclosureRecorded | DisclosureAssessed | DisclosureRefused;

/** What a professional intends to make known: recorded when the basis carries it, else refused on record. */
export function recordDisclosure(
  person: ActivePerson,
  command: RecordDisclosure,
  facts: DisclosureFacts,
): Decision<Result> {
  return rejectUnintelligible(person, command, facts) ?? judge(person, command, facts);
}

function rejectUnintelligible(
  person: ActivePerson,
  command: RecordDisclosure,
  facts: DisclosureFacts,
): Rejected | undefined {
  const { act, effectiveAt } = command;
  return (
    rejectEmpty(command) ??
    rejectUnknownDisclosed(person, 'items', act.items) ??
    rejectUnknownOutsiders(person, 'recipients', act.recipients) ??
    rejectUnknownOutsiders(person, 'onward', act.onward) ??
    rejectUnknownPurpose(facts.catalogue, 'purpose', act.purpose) ??
    rejectBasis(person, command, facts) ??
    rejectCoarse(effectiveAt) ??
    rejectFuture('effectiveAt', effectiveAt, facts.now) ??
    rejectBeforeBirth(person, 'effectiveAt', effectiveAt) ??
    rejectInverted('retainUntil', effectiveAt, act.retainUntil) ??
    rejectEndedMandates(command, facts) ??
    rejectNotHeld(person, command)
  );
}

function rejectEmpty({ act }: RecordDisclosure): Rejected | undefined {
  if (act.items.length === 0) return emptyScope('items', 'The disclosure names no item.');
  return act.recipients.length === 0
    ? emptyScope('recipients', 'The disclosure names no recipient.')
    : rejectUnnamed(act.recipients.findIndex(({ kind }) => kind === 'unknown'));
}

/** A month or a year holds days on which it was allowed and days on which it was not. */
function rejectCoarse(effectiveAt: Effective): Rejected | undefined {
  if (typeof effectiveAt === 'string' || effectiveAt.precision === 'day') return undefined;
  return reject({
    kind: 'contradiction',
    field: 'effectiveAt',
    detail: 'Nobody can intend to tell something in some month or year.',
    remedy: 'Give the day; what already happened, and nobody knows when, is reported instead.',
  });
}

function rejectUnnamed(i: number): Rejected | undefined {
  if (i < 0) return undefined;
  return reject({
    kind: 'contradiction',
    field: `recipients[${i}].kind`,
    detail: 'Nobody can intend to tell somebody unknown.',
    remedy: 'Name the recipient; what already happened is reported instead.',
  });
}

/** Only provisions that authorise, oblige or permit carry a disclosure. */
function rejectBasis(
  person: ActivePerson,
  { provision, consents = [] }: RecordDisclosure,
  { catalogue }: DisclosureFacts,
): Rejected | undefined {
  const unknown = consents.findIndex((id) => !person.consents.has(id));
  if (unknown >= 0) return unknownReference(`consents[${unknown}]`, 'consent of this person');
  if (provision === undefined) return undefined;
  const found = catalogue.provision(provision);
  if (!found) return unknownCode('provision', 'provision');
  if (['authorises', 'obliges', 'permits'].includes(found.role)) return undefined;
  return reject({
    kind: 'contradiction',
    field: 'provision',
    detail: 'This provision does not authorise, oblige or permit anybody to share.',
    remedy: 'Cite the provision that allows this sharing, or leave it out to rest on consent.',
  });
}

function rejectEndedMandates(
  { act, effectiveAt }: RecordDisclosure,
  { mandates }: DisclosureFacts,
): Rejected | undefined {
  const named = [
    { field: 'discloser', party: act.discloser },
    ...act.recipients.map((party, i) => ({ field: `recipients[${i}].mandate`, party })),
  ];
  for (const { field, party } of named) {
    if (party.kind !== 'mandate') continue;
    const known = mandates.get(party.mandate);
    if (!known) return unknownReference(field, 'mandate of this ledger');
    if (inForce(known.mandate, effectiveAt)) continue;
    return reject({
      kind: 'mandate-not-in-force',
      field,
      detail: 'This mandate was not in force on that date.',
      remedy: 'Name a mandate in force, or report what already happened.',
    });
  }
  return undefined;
}

function rejectNotHeld(person: ActivePerson, { act, effectiveAt }: RecordDisclosure): Rejected | undefined {
  const missing = act.items.findIndex(({ item }) => !held(person, item, act.discloser, effectiveAt));
  if (missing < 0) return undefined;
  return reject({
    kind: 'not-held',
    field: `items[${missing}].item`,
    detail: 'The discloser does not hold this item, as far as this ledger knows.',
    remedy: 'Declare how it was learnt (a holding), or name the one who holds it.',
  });
}

function judge(
  person: ActivePerson,
  { act, provision, consents, effectiveAt }: RecordDisclosure,
  { catalogue, mandates, revision, now }: DisclosureFacts,
): Decision<Result> {
  const when = judgedAt(effectiveAt, now);
  const cites = [...mandates.values()].map(({ stream, revision: seen }) => ({ stream, revision: seen }));
  const draft: DisclosureData = { ...act, basis: basisOf(catalogue, provision, consents ?? []), cites };
  // A consent that happens to exist is not what a provision rests on that asks for none.
  const found = draft.basis.restsOn === 'consent' ? consentsFor(person, passingsOf(person, draft), when) : [];
  const relied = consents ?? found;
  const data: DisclosureData = { ...draft, basis: basisOf(catalogue, provision, relied) };
  const purposes = provision && catalogue.provision(provision)?.purposes;
  const reasons = reasonsAgainst(person, data, purposes, when);
  if (reasons.length > 0)
    return accept({ type: 'DisclosureRefused', data: refusalOf(data, reasons), effectiveAt });
  const { disclosure } = data;
  const assessed = { disclosure, catalogueVersion: catalogue.version, personRevision: revision };
  return accept<Result>(
    { type: 'DisclosureRecorded', data, effectiveAt },
    { type: 'DisclosureAssessed', data: { ...assessed, verdict: 'allow', points: [] }, effectiveAt },
  );
}

function refusalOf(data: DisclosureData, reasons: DisclosureRefused['data']['reasons']) {
  const { disclosure, discloser, recipients, purpose } = data;
  return { disclosure, discloser, items: data.items.map(({ item }) => item), recipients, purpose, reasons };
}
