import { accept, reject, type Decision, type Effective, type Instant } from '#decider';
import {
  emptyScope,
  rejectNotInForce,
  unknownReference,
  type KnownMandate,
  type MandateId,
} from '#directory';
import { sameData } from '#person';
import type { Rejected } from '#time';
import type { Attendance, AttendanceRecorded } from '../commission.events.js';
import { sitsFor, type Constituted } from '../commission.js';
import { notOnAgenda, openSession, rejectBeforeItsDay } from '../rules.js';

export interface RecordAttendance {
  readonly attendance: AttendanceRecorded['data'];
  /** Those mandates of it that this ledger knows. */
  readonly mandates: ReadonlyMap<MandateId, KnownMandate>;
}

/** Recorded again, it replaces what was said before: somebody came late, or was mistaken for another. */
export function recordAttendance(
  state: Constituted,
  { attendance, mandates }: RecordAttendance,
  now: Instant,
): Decision<AttendanceRecorded> {
  const { session: id, case: heard, present, guests } = attendance;
  const found = openSession(state, id);
  if (found.kind === 'rejected') return found;
  const { session } = found;
  if (!session.agenda.has(heard)) return notOnAgenda();
  const rejected =
    rejectBeforeItsDay(session, now) ??
    (present.length === 0 ? emptyScope('present', 'No member was present.') : undefined) ??
    rejectUnfit('present', present, mandates, session.on) ??
    rejectUnfit('guests', guests, mandates, session.on) ??
    rejectUnseated(state, attendance, session.on) ??
    rejectBoth(attendance);
  if (rejected) return rejected;
  if (sameData(session.agenda.get(heard), { present, guests })) return accept();
  return accept({ type: 'AttendanceRecorded', data: attendance, effectiveAt: session.on });
}

function rejectUnfit(
  field: string,
  named: readonly MandateId[],
  mandates: ReadonlyMap<MandateId, KnownMandate>,
  on: Effective,
): Rejected | undefined {
  for (const [i, id] of named.entries()) {
    const known = mandates.get(id);
    if (!known) return unknownReference(`${field}[${i}]`, 'mandate of this ledger');
    const ended = rejectNotInForce(`${field}[${i}]`, known.mandate, on);
    if (ended) return ended;
  }
  return undefined;
}

function rejectUnseated(
  state: Constituted,
  { case: heard, present }: AttendanceRecorded['data'],
  on: Effective,
): Rejected | undefined {
  const i = present.findIndex((mandate) => !sitsFor(state, mandate, heard, on));
  if (i < 0) return undefined;
  return reject({
    kind: 'contradiction',
    field: `present[${i}]`,
    detail: 'This mandate has no seat that covers this case on that day.',
    remedy: 'Appoint it, or name it among the guests if it was asked in.',
  });
}

function rejectBoth({ present, guests }: Attendance): Rejected | undefined {
  const i = guests.findIndex((guest) => present.includes(guest));
  if (i < 0) return undefined;
  return reject({
    kind: 'contradiction',
    field: `guests[${i}]`,
    detail: 'This mandate is named as a member already.',
    remedy: 'Name everybody once.',
  });
}
