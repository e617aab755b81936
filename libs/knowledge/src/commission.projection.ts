import type { Constituted, CommissionEvent } from '#commission';
import type { Recorded } from '#decider';
import { epochMs } from '#time';
import type { Change, Table } from '#read-store';

/** In which commissions a mandate ever had a seat. */
export const SEAT: Table = {
  name: 'seat',
  columns: { commission: 'TEXT', mandate: 'TEXT' },
  scope: ['commission', 'mandate'],
};

/** @param state the commission after the event */
export function commissionChanges(state: Constituted, event: Recorded<CommissionEvent>): readonly Change[] {
  if (event.type !== 'MemberAppointed') return [];
  const scope = { commission: state.data.commission, mandate: event.data.mandate };
  return [{ table: SEAT, scope, rows: [scope], recordedMs: epochMs(event.recordedAt) }];
}
