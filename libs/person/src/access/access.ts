import { Map as ImmutableMap } from 'immutable';
import { accept, unreachable, type Decision, type Fold, type Instant, type Recorded } from '#decider';
import { epochMs, startMs } from '#time';
import { noSuchPerson } from '../rules.js';
import type { AccessEvent, ConsultationData, LedgerConsulted } from './access.events.js';

const REPEAT_MS = 3_600_000;

/** Who looked at a person's ledger, as far as a repetition is to be recognised. */
export type Access =
  /** When each question was last asked, by whom and why; epoch milliseconds. */
  | { readonly status: 'open'; readonly last: ImmutableMap<string, number> }
  /** After an erasure: nothing more is recorded, and so nothing more is answered. */
  | { readonly status: 'closed' };

export const accessFold: Fold<Access, Recorded<AccessEvent>> = {
  initial: { status: 'open', last: ImmutableMap() },
  evolve(access, event) {
    if (access.status === 'closed') return access;
    switch (event.type) {
      case 'LedgerConsulted':
        return { ...access, last: access.last.set(keyOf(event.data), startMs(event.effectiveAt)) };
      case 'StreamClosed':
        return { status: 'closed' };
      default:
        return unreachable(event);
    }
  },
};

/**
 * A repetition within an hour writes nothing more.
 * @param at when they looked
 */
export function consult(
  access: Access,
  consultation: ConsultationData,
  at: Instant,
): Decision<LedgerConsulted> {
  if (access.status === 'closed') return noSuchPerson(access);
  const last = access.last.get(keyOf(consultation));
  const isRepeated = last !== undefined && Math.abs(epochMs(at) - last) < REPEAT_MS;
  return isRepeated ? accept() : accept({ type: 'LedgerConsulted', data: consultation, effectiveAt: at });
}

function keyOf({ by, reason, question, about }: ConsultationData): string {
  return JSON.stringify([
    by.kind === 'mandate' ? by.mandate : by.client,
    by.kind,
    reason,
    question,
    about ?? null,
  ]);
}
