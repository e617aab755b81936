import { accept, reject, type Decision, type Effective } from '#decider';
import { rejectNotInForce, type KnownMandate } from '#directory';
import { endMs, rejectInverted, startMs, type Rejected } from '#time';
import type { MemberAppointed } from '../commission.events.js';
import type { CaseId } from '../commission.ids.js';
import { seatOf, type Commission, type Constituted } from '../commission.js';
import { noSuchCommission } from '../rules.js';

export interface AppointMember {
  readonly known: KnownMandate;
  /** Left out: every case of the commission. */
  readonly cases?: readonly CaseId[];
  readonly validFrom: Effective;
  readonly validUntil?: Effective;
}

export function appointMember(
  state: Commission,
  { known: { mandate, institution }, ...seat }: AppointMember,
): Decision<MemberAppointed> {
  if (state.status === 'unknown') return noSuchCommission();
  const data = { mandate: mandate.mandate, institution, ...seat };
  return (
    rejectNotInForce('mandate', mandate, seat.validFrom) ??
    rejectInverted('validUntil', seat.validFrom, seat.validUntil) ??
    rejectSeated(state, data) ??
    accept({ type: 'MemberAppointed', data, effectiveAt: seat.validFrom })
  );
}

function rejectSeated(
  state: Constituted,
  { mandate, validFrom }: Pick<MemberAppointed['data'], 'mandate' | 'validFrom'>,
): Rejected | undefined {
  const seat = seatOf(state, mandate);
  const end = seat && (seat.validUntil ? endMs(seat.validUntil) : Infinity);
  if (end === undefined || end <= startMs(validFrom)) return undefined;
  return reject({
    kind: 'already-exists',
    field: 'mandate',
    detail: 'This mandate has a seat in this commission then.',
    remedy: 'End that seat first, or begin after it.',
  });
}
