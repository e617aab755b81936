import { opens } from '../log/commitment.js';
import { labelOf } from '../log/label.js';
import { parseEntry } from '../log/parse-entry.js';
import { leafHash } from '../merkle/hashes.js';
import type { LogPolicy } from '../notes/checkpoint.js';
import { verifyProof } from '../notes/tlog-proof.js';
import { fail, type Result } from '../result.js';
import type { Receipt } from './files.js';
import { openLog, type OpenedLog } from './open-log.js';

/**
 * Whether the receipt holds: the log signed and witnesses cosigned a checkpoint that includes the entry, and the
 * entry commits to just this event of this stream. It says nothing about other events, nor when this one was logged.
 */
export function checkReceipt(
  { proof, entry, event, opening, ...history }: Receipt,
  policy: LogPolicy,
): Result<OpenedLog> {
  const parsed = parseEntry(entry);
  if (!parsed.ok) return parsed;
  if (parsed.value.kind !== 'event') return fail('the entry is not of an event');
  if (parsed.value.label !== labelOf(event.stream) || parsed.value.n !== event.n)
    return fail('the entry is of another event');
  if (!opens(parsed.value.commitment, opening, event)) return fail('the event is not what was committed to');
  return verifyProof(proof, leafHash(entry), policy, (note) => openLog(note, policy, history));
}
