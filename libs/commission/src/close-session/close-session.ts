import { accept, type Decision, type Effective, type Instant } from '#decider';
import { rejectEarlier, rejectFuture } from '#time';
import type { SessionClosed } from '../commission.events.js';
import type { SessionId } from '../commission.ids.js';
import type { Constituted } from '../commission.js';
import { noSuchSession, rejectBeforeItsDay } from '../rules.js';

export interface CloseSession {
  readonly session: SessionId;
  /** Left out: now. */
  readonly effectiveAt?: Effective;
}

/** Nothing more is tabled afterwards, and whoever heard something begins to owe its destruction. */
export function closeSession(
  { sessions }: Constituted,
  { session: id, effectiveAt }: CloseSession,
  now: Instant,
): Decision<SessionClosed> {
  const session = sessions.get(id);
  if (!session) return noSuchSession();
  if (session.closedAt !== undefined) return accept();
  return (
    rejectBeforeItsDay(session, now) ??
    rejectFuture('effectiveAt', effectiveAt, now) ??
    rejectEarlier('effectiveAt', effectiveAt, session.on) ??
    accept({ type: 'SessionClosed', data: { session: id }, effectiveAt })
  );
}
