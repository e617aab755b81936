import type { StreamName } from '#decider';
import { pagesOfAll, type EventStore } from '#event-store';
import { isSealed, type Sealing } from './sealing.js';

/**
 * Sealed streams of the ledger whose key is not there though nobody erased them: the keys are older than the ledger, or
 * another ledger's. A key is durable before its first event, so there are none when both belong together.
 * @param after position; only what was recorded behind it is looked at
 */
export async function streamsWithoutKey(
  store: Pick<EventStore, 'readAll'>,
  sealing: Sealing,
  after: number,
): Promise<readonly StreamName[]> {
  const erased = new Set(await sealing.erasedStreams());
  const seen = new Set<StreamName>();
  const missing: StreamName[] = [];
  for await (const page of pagesOfAll(store, after))
    for (const { stream } of page) {
      if (seen.has(stream) || !isSealed(stream)) continue;
      seen.add(stream);
      if (!erased.has(stream) && !(await sealing.hasKey(stream))) missing.push(stream);
    }
  return missing;
}
