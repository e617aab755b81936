import { accept, reject, type Decision, type Effective } from '#decider';
import {
  emptyScope,
  institutionOf,
  rejectForeign,
  rejectImpossibleDate,
  rejectUnknownItems,
  rejectUnknownOutsider,
  type ActivePerson,
  type Facts,
  type Holder,
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
    rejectElsewhere(holder, facts) ??
    rejectUnexplained(purge) ??
    rejectImpossibleDate(person, 'effectiveAt', effectiveAt, now) ??
    rejectNeverHeld(person, 'items', items, holder, at);
  if (rejected) return rejected;
  if (items.every((item) => isPurged(person, item, holder, remains, at))) return accept();
  return accept({ type: 'PurgeAttested', data: purge, effectiveAt });
}

/** Each institution attests for its own holders; for somebody without mandate here, whoever asked them. */
function rejectElsewhere(holder: Holder, facts: Facts): Rejected | undefined {
  const at = institutionOf(holder);
  return at === undefined ? undefined : rejectForeign('holder', facts, [at]);
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
