import type { SessionFacts, Surroundings } from '#assessment';
import { membershipsFor, sessionFactsOf, type CommissionId, type Constituted } from '#commission';
import type { Effective } from '#decider';
import type { MandateId } from '#directory';
import { institutionOf, type Act, type ActivePerson, type Recipient } from '#person';
import { endMs, startMs } from '#time';
import { mandateIn, mandatesOfHolder, type Elsewhere } from './elsewhere.js';

/** What the assessment needs to know of other streams to judge an act that happened, as it was then. */
export function aroundAct(
  person: ActivePerson,
  act: Act,
  elsewhere: Elsewhere,
): Surroundings & { readonly sessions: readonly SessionFacts[] } {
  const parties = [...(act.discloser ? [act.discloser] : []), ...act.recipients];
  const named = mandatesIn(parties);
  const own = mandatesIn(act.discloser ? [act.discloser] : []);
  const others = own.flatMap((id) => mandatesOfHolder(elsewhere, id)).filter((id) => !own.includes(id));
  const institutions = parties.flatMap((party) => {
    const id = institutionOf(party);
    const known = id && elsewhere.institutions.get(id);
    return known ? [[known.data.institution, known.data] as const] : [];
  });
  return {
    mandates: new Map(known(elsewhere, [...named, ...carersIn(person, parties, elsewhere)])),
    otherMandates: known(elsewhere, others).map(([, mandate]) => mandate),
    institutions: new Map(institutions),
    memberships: new Map(
      named.map(
        (id) => [id, membershipsFor(commissionsOf(elsewhere, id), id, person, act.effectiveAt)] as const,
      ),
    ),
    // Which facts a finding names is decided where it is made.
    maySee: () => true,
    sessions: sessionsAt(elsewhere, person, act.effectiveAt),
  };
}

function mandatesIn(parties: readonly Recipient[]): readonly MandateId[] {
  return parties.flatMap((party) => (party.kind === 'mandate' ? [party.mandate] : []));
}

function known(elsewhere: Elsewhere, ids: readonly MandateId[]) {
  return ids.flatMap((id) => {
    const mandate = mandateIn(elsewhere, id);
    return mandate ? [[id, mandate] as const] : [];
  });
}

/** Where a function receives: those at its institution who take part in the care, since some may hold it. */
function carersIn(person: ActivePerson, parties: readonly Recipient[], { given }: Elsewhere) {
  const receiving = new Set(parties.flatMap((p) => (p.kind === 'category' ? [p.institution] : [])));
  if (receiving.size === 0) return [];
  return [...person.care.keys()].filter((id) => receiving.has(given.get(id)!));
}

function commissionsOf({ seats, commissions }: Elsewhere, mandate: MandateId): readonly Constituted[] {
  return [...(seats.get(mandate) ?? [])].flatMap((id) => commissions.get(id) ?? []);
}

/** Sessions of cases that had been referred by then; one that was closed later was still open. */
function sessionsAt(
  { commissions }: Elsewhere,
  person: ActivePerson,
  at: Effective,
): readonly SessionFacts[] {
  const referred = [...person.cases.values()].filter(({ origin }) => startMs(origin.effectiveAt) < endMs(at));
  return referred.flatMap((one) => {
    const commission = commissions.get(one.commission as CommissionId);
    if (!commission) return [];
    return [...commission.sessions.values()]
      .filter(({ agenda }) => agenda.has(one.case as never))
      .map((session) => {
        const { closed: _, ...facts } = sessionFactsOf(commission, session, one);
        const isClosed = session.closedAt !== undefined && startMs(session.closedAt) <= startMs(at);
        return { ...facts, ...(isClosed ? { closed: true } : {}) };
      });
  });
}
