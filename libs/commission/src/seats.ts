import type { Membership, SessionFacts } from '#assessment';
import type { Effective } from '#decider';
import type { MandateId } from '#directory';
import type { ActivePerson, CaseReferred } from '#person';
import { endMs, startMs } from '#time';
import type { Constituted, Session } from './commission.js';

/**
 * A mandate's seats, and whether each covers a case of this person: of its own commission every case, unless the
 * appointment is limited. A case covers nothing before it was brought.
 * @param at when the act takes effect
 */
export function membershipsFor(
  commissions: readonly Constituted[],
  mandate: MandateId,
  person: ActivePerson,
  at: Effective,
): readonly Membership[] {
  const brought = person.cases.filter(({ origin }) => startMs(origin.effectiveAt) < endMs(at));
  return commissions.flatMap(({ data, seats }) =>
    (seats.get(mandate) ?? []).map(({ event, cases, validFrom, validUntil }) => ({
      id: event,
      commission: data.commission,
      kind: data.kind,
      institution: data.institution,
      hasCase: brought.some(({ commission }) => commission === data.commission),
      coversCase: cases === undefined || cases.some((one) => brought.has(one)),
      validFrom,
      ...(validUntil ? { validUntil } : {}),
    })),
  );
}

/** The sessions before which this person's cases came or come. */
export function sessionsFor(
  commissions: readonly Constituted[],
  person: ActivePerson,
): readonly SessionFacts[] {
  return commissions.flatMap((commission) =>
    [...commission.sessions.values()].flatMap((session) => sessionFor(commission, session, person)),
  );
}

/** One for each of their cases on its agenda. */
function sessionFor(
  commission: Constituted,
  session: Session,
  person: ActivePerson,
): readonly SessionFacts[] {
  return [...session.agenda.keys()].flatMap((id) => {
    const referred = person.cases.get(id);
    return referred ? [sessionFactsOf(commission, session, referred)] : [];
  });
}

/** A session, as far as one case goes. */
export function sessionFactsOf(
  { data }: Constituted,
  session: Session,
  { report, whyCollective, reporter, items }: CaseReferred['data'],
): SessionFacts {
  return {
    id: session.event,
    session: session.session,
    commission: data.commission,
    kind: data.kind,
    purpose: data.purpose,
    regime: data.regime,
    onAgenda: true,
    whyCollective,
    ...(report ? { report } : {}),
    personKnowsReport: report?.knownToPerson === true,
    brings: { reporter, items: items.map(({ item }) => item) },
    ...(session.closedAt === undefined ? {} : { closed: true }),
  };
}
