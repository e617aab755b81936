import { accept, reject, type Decision, type Effective } from '#decider';
import {
  emptyScope,
  rejectForeignHolder,
  rejectImpossibleDate,
  rejectUnknownItems,
  rejectUnknownOutsider,
  type ActivePerson,
  type Facts,
  type PurgeAttested,
} from '#person';
import type { Rejected } from '#time';
import { isPurged, rejectNeverHeld } from '../rules.js';

export interface AttestPurge {
  readonly purge: PurgeAttested['data'];
  /** Left out: now. */
  readonly effectiveAt?: Effective;
}

/** Open to ended mandates too: what they know does not end with them. */
export function attestPurge(
  person: ActivePerson,
  { purge, effectiveAt }: AttestPurge,
  facts: Facts,
): Decision<PurgeAttested> {
  const { holder, items, remains } = purge;
  if (items.length === 0) return emptyScope('items', 'The attestation names no item.');
  const { now } = facts;
  const at = effectiveAt ?? now;
  const rejected =
    rejectUnknownItems(person, 'items', items) ??
    rejectUnknownOutsider(person, 'holder', holder) ??
    rejectForeignHolder('holder', facts, holder) ??
    rejectUnexplained(purge) ??
    rejectImpossibleDate(person, 'effectiveAt', effectiveAt, now) ??
    rejectNeverHeld(person, 'items', items, holder, at);
  if (rejected) return rejected;
  if (items.every((item) => isPurged(person, item, holder, remains, at))) return accept();
  return accept({ type: 'PurgeAttested', data: purge, effectiveAt });
}

function rejectUnexplained({ remains, why }: PurgeAttested['data']): Rejected | undefined {
  if (remains === 'nothing' || why !== undefined) return undefined;
  return reject({
    kind: 'contradiction',
    field: 'why',
    detail: 'Something remains, and it is not said why.',
    remedy: 'Say why it remains, or attest that nothing does.',
  });
}
