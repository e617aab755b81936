import { Map as ImmutableMap, Set as ImmutableSet } from 'immutable';
import { catalogueFold, inForceAt, type Catalogue, type CatalogueRevised, type Published } from '#catalogue';
import { commissionFold, type CommissionEvent, type CommissionId, type Constituted } from '#commission';
import { streamKey, streamKind, type Effective, type Fold, type Recorded } from '#decider';
import {
  institutionFold,
  institutionStream,
  type ActorId,
  type Institution,
  type InstitutionEvent,
  type InstitutionId,
  type KnownMandate,
  type MandateId,
} from '#directory';
import { startMs } from '#time';

export type ElsewhereEvent = InstitutionEvent | CommissionEvent | CatalogueRevised;
/** Kinds of stream that it is made of. */
export const ELSEWHERE_KINDS: readonly string[] = ['institution', 'commission', 'catalogue'];

type Registered = Extract<Institution, { status: 'registered' }>;

/** What streams that are not about persons say, all together, at one position of the ledger. */
export interface Elsewhere {
  readonly published: Published;
  readonly institutions: ImmutableMap<InstitutionId, Registered>;
  readonly commissions: ImmutableMap<CommissionId, Constituted>;
  /** Which institution gave a mandate. */
  readonly given: ImmutableMap<MandateId, InstitutionId>;
  readonly mandatesOf: ImmutableMap<ActorId, ImmutableSet<MandateId>>;
  /** In which commissions a mandate ever had a seat. */
  readonly seats: ImmutableMap<MandateId, ImmutableSet<CommissionId>>;
}

export const elsewhereFold: Fold<Elsewhere, Recorded<ElsewhereEvent>> = {
  initial: {
    published: catalogueFold.initial,
    institutions: ImmutableMap(),
    commissions: ImmutableMap(),
    given: ImmutableMap(),
    mandatesOf: ImmutableMap(),
    seats: ImmutableMap(),
  },
  evolve(state, event) {
    switch (streamKind(event.stream)) {
      case 'institution':
        return evolveInstitution(state, event as Recorded<InstitutionEvent>);
      case 'commission':
        return evolveCommission(state, event as Recorded<CommissionEvent>);
      case 'catalogue': {
        const published = catalogueFold.evolve(state.published, event as Recorded<CatalogueRevised>);
        return { ...state, published };
      }
      default:
        return state;
    }
  },
};

function evolveInstitution(state: Elsewhere, event: Recorded<InstitutionEvent>): Elsewhere {
  const id = streamKey(event.stream) as InstitutionId;
  const institution = institutionFold.evolve(state.institutions.get(id) ?? institutionFold.initial, event);
  if (institution.status === 'unknown') return state;
  const next = { ...state, institutions: state.institutions.set(id, institution) };
  if (event.type !== 'MandateGiven') return next;
  const { mandate, actor } = event.data;
  return {
    ...next,
    given: state.given.set(mandate, id),
    mandatesOf: state.mandatesOf.update(actor, ImmutableSet(), (all) => all.add(mandate)),
  };
}

function evolveCommission(state: Elsewhere, event: Recorded<CommissionEvent>): Elsewhere {
  const id = streamKey(event.stream) as CommissionId;
  const commission = commissionFold.evolve(state.commissions.get(id) ?? commissionFold.initial, event);
  if (commission.status === 'unknown') return state;
  const next = { ...state, commissions: state.commissions.set(id, commission) };
  if (event.type !== 'MemberAppointed') return next;
  return { ...next, seats: state.seats.update(event.data.mandate, ImmutableSet(), (all) => all.add(id)) };
}

/** The catalogue by which something of that date is judged. Undefined: the ledger has none. */
export function catalogueAt({ published }: Elsewhere, at: Effective): Catalogue | undefined {
  return inForceAt(published, startMs(at));
}

export function mandateIn({ given, institutions }: Elsewhere, id: MandateId): KnownMandate | undefined {
  const institution = given.get(id);
  const mandate = institution && institutions.get(institution)?.mandates.get(id);
  if (!mandate) return undefined;
  return { mandate, institution, stream: institutionStream(institution), revision: mandate.revision };
}

/** Every mandate that the holder of this one was ever given, itself included; itself alone where nobody gave it. */
export function mandatesOfHolder(elsewhere: Elsewhere, id: MandateId): readonly MandateId[] {
  const known = mandateIn(elsewhere, id);
  return known ? [...elsewhere.mandatesOf.get(known.mandate.actor, ImmutableSet<MandateId>())] : [id];
}
