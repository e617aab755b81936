import { List, Map as ImmutableMap } from 'immutable';
import { accept, unreachable, type Decision, type Fold, type Instant, type Recorded } from '#decider';
import { epochMs, startMs } from '#time';
import { noSuchPerson } from '../rules.js';
import type { AccessEvent, ConsultationData, LedgerConsulted } from './access.events.js';

const REPEAT_MS = 3_600_000;

/** Who looked at a person's ledger, as far as a repetition is to be recognised. */
export type Access =
  /** When each question was asked, by whom and why; epoch milliseconds. All of them: a clock may be set back. */
  | { readonly status: 'open'; readonly looks: ImmutableMap<string, List<number>> }
  /** After an erasure: nothing more is recorded, and so nothing more is answered. */
  | { readonly status: 'closed' };

export const accessFold: Fold<Access, Recorded<AccessEvent>> = {
  initial: { status: 'open', looks: ImmutableMap() },
  evolve(access, event) {
    if (access.status === 'closed') return access;
    switch (event.type) {
      case 'LedgerConsulted':
        return {
          ...access,
          looks: access.looks.update(keyOf(event.data), List(), (at) => at.push(startMs(event.effectiveAt))),
        };
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
  const looks = access.looks.get(keyOf(consultation), List<number>());
  const isRepeated = looks.some((then) => Math.abs(epochMs(at) - then) < REPEAT_MS);
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
