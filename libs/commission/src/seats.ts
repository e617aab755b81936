import type { Membership, SessionFacts } from '#assessment';
import type { MandateId } from '#directory';
import type { ActivePerson, CaseReferred } from '#person';
import type { Constituted, Session } from './commission.js';

/** A mandate's seats, and whether each covers a case of this person: all of them do, unless the appointment is limited. */
export function membershipsFor(
  commissions: readonly Constituted[],
  mandate: MandateId,
  person: ActivePerson,
): readonly Membership[] {
  return commissions.flatMap(({ data, seats }) =>
    (seats.get(mandate) ?? []).map(({ event, cases, validFrom, validUntil }) => ({
      id: event,
      commission: data.commission,
      kind: data.kind,
      coversCase: cases === undefined || cases.some((one) => person.cases.has(one)),
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

function sessionFor(
  commission: Constituted,
  session: Session,
  person: ActivePerson,
): readonly SessionFacts[] {
  const heard = [...session.agenda.keys()].find((id) => person.cases.has(id));
  return heard === undefined ? [] : [sessionFactsOf(commission, session, person.cases.get(heard)!)];
}

/** A session, as far as one case goes. */
export function sessionFactsOf(
  { data }: Constituted,
  session: Session,
  { report, whyCollective }: CaseReferred['data'],
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
  };
}
