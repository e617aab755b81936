import type { CatalogueRevised } from '#catalogue';
import type { CommissionEvent } from '#commission';
import { streamKey, type Recorded } from '#decider';
import type { InstitutionEvent, InstitutionId, MandateId } from '#directory';
import { civilDate, endMs, FOREVER_MS, startMs } from '#time';
import { mandateIn, mandatesOfHolder, type Elsewhere, type ElsewhereEvent } from './elsewhere.js';
import { caseKey } from './mentions.projection.js';

/** What of persons a fact of another stream can change. */
export interface Touching {
  /** Persons who name one of these; undefined: everybody. */
  readonly named: readonly string[] | undefined;
  /** Their acts that one of these makes or receives; undefined: all acts. */
  readonly acts: ReadonlySet<string> | undefined;
  /** Epoch ms; acts that were over before are as they were. */
  readonly fromMs: number;
  /** Holders whose knowledge is looked at again. */
  readonly keeping: readonly string[];
}

const ALWAYS_MS = -FOREVER_MS;

/** Undefined: nothing. `before` and `after` are the states around the event. */
export function touchedBy(
  before: Elsewhere,
  after: Elsewhere,
  event: Recorded<ElsewhereEvent>,
): Touching | undefined {
  switch (event.type) {
    case 'MandateGiven':
    case 'MandateEnded':
    case 'InstitutionRegistered':
    case 'InstitutionRevised':
      return byInstitution(before, after, event);
    case 'MemberAppointed':
    case 'MemberEnded':
    case 'AgendaItemAdded':
    case 'AttendanceRecorded':
    case 'SessionClosed':
      return byCommission(before, after, event);
    case 'CatalogueRevised':
      return byCatalogue(before, event);
    default:
      return undefined;
  }
}

function byInstitution(
  before: Elsewhere,
  after: Elsewhere,
  event: Recorded<InstitutionEvent>,
): Touching | undefined {
  switch (event.type) {
    case 'MandateGiven':
      return byNewMandate(after, event.data.mandate);
    case 'MandateEnded': {
      const { mandate, until } = event.data;
      const earlier = mandateIn(before, mandate)?.mandate.validUntil;
      const fromMs = Math.min(endMs(until), earlier ? endMs(earlier) : Infinity);
      return { ...ofMandates([mandate]), fromMs, keeping: keepers(after, mandate) };
    }
    case 'InstitutionRegistered':
    case 'InstitutionRevised': {
      if (event.data.functions === undefined) return undefined;
      const id = streamKey(event.stream) as InstitutionId;
      const keys = [
        ...functionsOf(before, id),
        ...functionsOf(after, id),
        ...bearersOf(before, id),
        ...bearersOf(after, id),
      ];
      return { named: keys, acts: new Set(keys), fromMs: ALWAYS_MS, keeping: [] };
    }
    default:
      return undefined;
  }
}

function functionsOf({ institutions }: Elsewhere, id: InstitutionId): readonly string[] {
  const declared = institutions.get(id)?.data.functions ?? [];
  return declared.map((one) => `category:${id}:${one.function}`);
}

/** Mandates that hold a declared function, since theirs bears its name. */
function bearersOf({ institutions }: Elsewhere, id: InstitutionId): readonly string[] {
  const institution = institutions.get(id);
  const names = new Set(institution?.data.functions?.map(({ name }) => name));
  return [...(institution?.mandates.values() ?? [])]
    .filter((mandate) => names.has(mandate.function))
    .map(({ mandate }) => mandateKey(mandate));
}

/**
 * Secrecy follows the human being: a text that binds them anew bears on what they pass on under any mandate. A
 * function takes part in the care as far as mandates that bear its name do.
 */
function byNewMandate(after: Elsewhere, id: MandateId): Touching {
  const all = mandatesOfHolder(after, id);
  const others = all.filter((other) => other !== id);
  const bound = others.flatMap((other) => mandateIn(after, other)?.mandate.secrecy ?? []);
  const isBoundAnew = mandateIn(after, id)?.mandate.secrecy.some(
    ({ binding, firm }) => !bound.some((one) => one.binding === binding && (one.firm || !firm)),
  );
  return {
    named: ofMandates(isBoundAnew ? all : [id]).named,
    acts: new Set([...all.map(mandateKey), ...functionsOf(after, after.given.get(id)!)]),
    fromMs: ALWAYS_MS,
    keeping: keepers(after, id),
  };
}

/** Mandates of the same human being at the same institution: one that begins takes over what an ended one leaves. */
function keepers(elsewhere: Elsewhere, id: MandateId): readonly string[] {
  const institution = elsewhere.given.get(id);
  return mandatesOfHolder(elsewhere, id)
    .filter((other) => elsewhere.given.get(other) === institution)
    .map(mandateKey);
}

function byCommission(
  before: Elsewhere,
  after: Elsewhere,
  event: Recorded<CommissionEvent>,
): Touching | undefined {
  const id = streamKey(event.stream) as never;
  switch (event.type) {
    case 'MemberAppointed':
      return { ...ofMandates([event.data.mandate]), fromMs: startMs(event.data.validFrom), keeping: [] };
    case 'MemberEnded': {
      const { mandate, until } = event.data;
      const earlier = before.commissions.get(id)?.seats.get(mandate)?.at(-1)?.validUntil;
      const fromMs = Math.min(endMs(until), earlier ? endMs(earlier) : Infinity);
      return { ...ofMandates([mandate]), fromMs, keeping: [] };
    }
    case 'AgendaItemAdded':
    case 'AttendanceRecorded':
      return ofCases([event.data.case]);
    case 'SessionClosed':
      return ofCases([...(after.commissions.get(id)?.sessions.get(event.data.session)?.agenda.keys() ?? [])]);
    default:
      return undefined;
  }
}

/** The first version judges everything; a later one what took effect from its first day on. */
function byCatalogue({ published }: Elsewhere, { data }: Recorded<CatalogueRevised>): Touching {
  const fromMs = published.versions.isEmpty() ? ALWAYS_MS : startMs(civilDate(data.validFrom));
  return { named: undefined, acts: undefined, fromMs, keeping: [] };
}

function ofMandates(ids: readonly MandateId[]) {
  const keys = ids.map(mandateKey);
  return { named: keys, acts: new Set(keys) };
}

function ofCases(cases: readonly string[]): Touching {
  return { named: cases.map(caseKey), acts: undefined, fromMs: ALWAYS_MS, keeping: [] };
}

function mandateKey(id: MandateId): string {
  return `mandate:${id}`;
}
