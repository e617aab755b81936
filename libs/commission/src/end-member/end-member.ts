import { accept, type Decision, type Effective } from '#decider';
import type { MandateId } from '#directory';
import { endsThen, rejectInverted, rejectPutOff } from '#time';
import type { MemberEnded } from '../commission.events.js';
import { seatOf, type Commission } from '../commission.js';
import { noSuchCommission, noSuchMember } from '../rules.js';

export interface EndMember {
  readonly mandate: MandateId;
  /** The last day, past or to come. */
  readonly until: Effective;
}

export function endMember(state: Commission, { mandate, until }: EndMember): Decision<MemberEnded> {
  if (state.status === 'unknown') return noSuchCommission();
  const seat = seatOf(state, mandate);
  if (!seat) return noSuchMember();
  if (endsThen(seat.validUntil, until)) return accept();
  return (
    rejectInverted('until', seat.validFrom, until) ??
    rejectPutOff('until', seat.validUntil, until) ??
    accept({ type: 'MemberEnded', data: { mandate, until }, effectiveAt: until })
  );
}
