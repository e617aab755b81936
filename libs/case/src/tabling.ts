import type { SessionFacts } from '#assessment';
import {
  sessionFactsOf,
  type CaseId,
  type Constituted,
  type KnownCommission,
  type Session,
  type SessionId,
} from '#commission';
import { asCode } from '#decider';
import type { MandateId } from '#directory';
import type { DisclosureWish, IntendedFacts } from '#disclosure';
import type { Act, ActivePerson, Case, Channel, Citation, Declared } from '#person';
import { civilDate, dayOf } from '#time';

/** A case before the session that hears it. */
export interface Hearing {
  readonly commission: Constituted;
  readonly session: Session;
  readonly referred: Case;
}

export interface Saying {
  readonly channel: Channel;
  readonly declared: Declared;
}

/** Session papers go with the session. */
const PAPERS = asCode<'Retention'>('commission-papers');

/** Tabling a report: its reporter makes the items of the case known to these members, as the commission shares. */
export function tablingWish(
  { commission, session, referred }: Hearing,
  recipients: readonly MandateId[],
  { channel, declared }: Saying,
): DisclosureWish {
  const { purpose, regime } = commission.data;
  const { reporter, items, question, benefit, responsibleManager } = referred;
  return {
    discloser: reporter,
    recipients: recipients.map((mandate) => ({ kind: 'mandate', mandate })),
    said: {
      items,
      purpose,
      objective: question,
      frame: 'commission-session',
      session: session.session,
      channel,
      retentionRule: PAPERS,
      ...(benefit ? { benefit } : {}),
      ...(responsibleManager ? { responsibleManager } : {}),
    },
    provision: regime,
    declared,
    effectiveAt: civilDate(dayOf(session.on)),
  };
}

/** A person may have two cases in one session: it is judged by the report of this one. */
export function aboutThisCase(
  facts: IntendedFacts,
  { commission, session, referred }: Hearing,
): IntendedFacts {
  const exact: SessionFacts = sessionFactsOf(commission, session, referred);
  const others = facts.around.sessions.filter((other) => other.session !== exact.session);
  return { ...facts, around: { ...facts.around, sessions: [...others, exact] } };
}

/** Those in the room who have not been told of it in this session yet; the reporter tells nobody themselves. */
export function toBeTold(person: ActivePerson, { session, referred }: Hearing): readonly MandateId[] {
  const attendance = session.agenda.get(referred.case as CaseId);
  const inTheRoom = attendance ? [...attendance.present, ...attendance.guests] : [];
  return inTheRoom.filter(
    (mandate) => mandate !== referred.reporter && !wasTold(person, session, referred, mandate),
  );
}

/** Whether anybody was told anything of this case in this session. */
export function wasTabled(person: ActivePerson, { session, referred }: Hearing): boolean {
  return tabledIn(person, session.session).some((act) => carries(act, referred));
}

/** What was tabled in a session about this person, as it stands now. */
export function tabledIn(person: ActivePerson, session: SessionId): readonly Act[] {
  return [...person.acts.values()].filter(
    (act) => act.session === session && !act.retracted && act.duplicateOf === undefined,
  );
}

export function carries(act: Act, { items }: Case): boolean {
  return act.items.some(({ item }) => items.some((asked) => asked.item === item));
}

function wasTold(person: ActivePerson, { session }: Session, referred: Case, mandate: MandateId): boolean {
  return tabledIn(person, session).some(
    (act) =>
      carries(act, referred) && act.recipients.some((r) => r.kind === 'mandate' && r.mandate === mandate),
  );
}

/** The commission as it was read, so that everybody can look up who sat in it and who was there. */
export function citing({ stream, revision }: KnownCommission): Citation {
  return { stream, revision };
}
