import type { Membership, SessionFacts } from '#assessment';
import type { MandateId } from '#directory';
import type { ActivePerson } from '#person';
import type { CaseId } from './commission.ids.js';
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

function sessionFor({ data }: Constituted, session: Session, person: ActivePerson): readonly SessionFacts[] {
  const heard = [...session.agenda.keys()]
    .map((id: CaseId) => person.cases.get(id))
    .find((c) => c !== undefined);
  if (!heard) return [];
  const { report, whyCollective } = heard;
  return [
    {
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
    },
  ];
}
