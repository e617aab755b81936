import { reject, type Instant } from '#decider';
import { rejectFuture, type Rejected } from '#time';
import type { Constituted, Session } from './commission.js';
import type { SessionId } from './commission.ids.js';

export function noSuchCommission(): Rejected {
  return reject({
    kind: 'not-found',
    detail: 'There is no such commission that you may see.',
    remedy: 'Check the address.',
  });
}

export function noSuchMember(): Rejected {
  return reject({
    kind: 'not-found',
    detail: 'This mandate has no seat in this commission.',
    remedy: 'Check the address.',
  });
}

export function noSuchSession(): Rejected {
  return reject({
    kind: 'not-found',
    detail: 'There is no such session that you may see.',
    remedy: 'Check the address.',
  });
}

export function notOnAgenda(): Rejected {
  return reject({
    kind: 'not-found',
    detail: 'This case is not on the agenda of this session.',
    remedy: 'Put it on the agenda first.',
  });
}

/** A session to which something can still be added. */
export function openSession(
  { sessions }: Constituted,
  id: SessionId,
): { readonly kind: 'open'; readonly session: Session } | Rejected {
  const session = sessions.get(id);
  if (!session) return noSuchSession();
  if (session.closedAt === undefined) return { kind: 'open', session };
  return reject({
    kind: 'already-ended',
    detail: 'This session is closed.',
    remedy: 'Bring the case to another session.',
  });
}

/** What happens in a session cannot be told before its day. */
export function rejectBeforeItsDay({ on }: Session, now: Instant): Rejected | undefined {
  if (!rejectFuture('session', on, now)) return undefined;
  return reject({
    kind: 'date-in-future',
    detail: 'The day of this session has not come yet.',
    remedy: 'Record it on the day of the session.',
  });
}
