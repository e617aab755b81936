import { Map as ImmutableMap, OrderedMap } from 'immutable';
import { unreachable, type Effective, type EventId, type Fold, type Recorded } from '#decider';
import { inForce, type MandateId } from '#directory';
import type { Attendance, CommissionData, CommissionEvent, MemberData } from './commission.events.js';
import type { CaseId, SessionId } from './commission.ids.js';

/** One appointment; whoever leaves and comes back has two. */
export interface Seat extends MemberData {
  readonly event: EventId;
}

export interface Session {
  readonly session: SessionId;
  readonly event: EventId;
  readonly on: Effective;
  /** Cases of the agenda in their order, and who was in the room for each once that is recorded. */
  readonly agenda: OrderedMap<CaseId, Attendance | undefined>;
  readonly closedAt?: Effective;
}

export interface Constituted {
  readonly status: 'constituted';
  readonly data: CommissionData;
  readonly seats: OrderedMap<MandateId, readonly Seat[]>;
  readonly sessions: ImmutableMap<SessionId, Session>;
}

export type Commission = { readonly status: 'unknown' } | Constituted;

export const commissionFold: Fold<Commission, Recorded<CommissionEvent>> = {
  initial: { status: 'unknown' },
  evolve(state, event) {
    if (event.type === 'CommissionConstituted')
      return {
        status: 'constituted',
        data: event.data,
        seats: OrderedMap(),
        sessions: ImmutableMap(),
      };
    return state.status === 'unknown' ? state : evolveConstituted(state, event);
  },
};

function evolveConstituted(
  state: Constituted,
  event: Exclude<Recorded<CommissionEvent>, { type: 'CommissionConstituted' }>,
): Constituted {
  switch (event.type) {
    case 'MemberAppointed': {
      const { mandate } = event.data;
      const seats = [...(state.seats.get(mandate) ?? []), { ...event.data, event: event.id }];
      return { ...state, seats: state.seats.set(mandate, seats) };
    }
    case 'MemberEnded': {
      const seats = state.seats.get(event.data.mandate) ?? [];
      const ended = seats.map((seat, i) =>
        i === seats.length - 1 ? { ...seat, validUntil: event.data.until } : seat,
      );
      return { ...state, seats: state.seats.set(event.data.mandate, ended) };
    }
    case 'SessionConvened': {
      const { session, on } = event.data;
      const convened = { session, event: event.id, on, agenda: OrderedMap<CaseId, undefined>() };
      return { ...state, sessions: state.sessions.set(session, convened) };
    }
    case 'AgendaItemAdded':
      return changeSession(state, event.data.session, (session) => ({
        ...session,
        agenda: session.agenda.set(event.data.case, undefined),
      }));
    case 'AttendanceRecorded': {
      const { session: id, case: heard, present, guests } = event.data;
      return changeSession(state, id, (session) => ({
        ...session,
        agenda: session.agenda.set(heard, { present, guests }),
      }));
    }
    case 'SessionClosed':
      return changeSession(state, event.data.session, (session) => ({
        ...session,
        closedAt: event.effectiveAt,
      }));
    default:
      return unreachable(event);
  }
}

function changeSession(
  state: Constituted,
  id: SessionId,
  change: (session: Session) => Session,
): Constituted {
  const session = state.sessions.get(id);
  return session ? { ...state, sessions: state.sessions.set(id, change(session)) } : state;
}

/** Whether a mandate sits for this case on that day. */
export function sitsFor(state: Constituted, mandate: MandateId, heard: CaseId, on: Effective): boolean {
  return (state.seats.get(mandate) ?? []).some(
    (seat) => (seat.cases === undefined || seat.cases.includes(heard)) && inForce(seat, on),
  );
}

/** Whoever sits for this case on that day, in the order of their first appointment. */
export function expectedFor(state: Constituted, heard: CaseId, on: Effective): readonly MandateId[] {
  return [...state.seats.keys()].filter((mandate) => sitsFor(state, mandate, heard, on));
}

/** The newest appointment of a mandate. */
export function seatOf(state: Constituted, mandate: MandateId): Seat | undefined {
  return state.seats.get(mandate)?.at(-1);
}
