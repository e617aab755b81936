import type { StreamName } from '#decider';
import type { Ledger } from '#event-store';
import type { Sealing } from '#sealing';
import { labelOf, type Label } from '#transparency';
import { ERASURES, erasuresFold } from '../erasures.js';

/**
 * After the restore of older files: destroys and removes what the key store or the stream `erasures` knows to be
 * erased, and what others know (`known`: a replaying witness keeps the labels), before anything is served.
 * @returns how many streams were there again
 */
export async function reapplyErasures(
  ledger: Ledger,
  sealing: Sealing,
  known: readonly Label[] = [],
): Promise<number> {
  for (const stream of await named(ledger, sealing, known)) {
    const owner = (await sealing.ownerOf(stream))!;
    await sealing.erase(owner, [...new Set([stream, ...(await sealing.streamsOf(owner))])]);
  }
  let removed = 0;
  for (const stream of await sealing.erasedStreams()) {
    if (!(await ledger.store.head(stream))) continue;
    await ledger.erase(stream);
    removed++;
  }
  return removed;
}

/** Streams whose key stands although their label was erased. Labels tell no names: every sealed stream is tried. */
async function named(
  ledger: Ledger,
  sealing: Sealing,
  known: readonly Label[],
): Promise<readonly StreamName[]> {
  const { state: labels } = await ledger.load(ERASURES, erasuresFold);
  const unknown = labels.union(known).subtract((await sealing.erasedStreams()).map(labelOf));
  if (unknown.isEmpty()) return [];
  return (await sealing.sealedStreams()).filter((stream) => unknown.has(labelOf(stream)));
}
