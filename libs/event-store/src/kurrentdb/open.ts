import type { KurrentEventStore, KurrentOptions } from './kurrent-event-store.js';

/**
 * A ledger in a cluster. Its client is large, and loaded where there is a cluster only.
 * @throws StorageFailed when the address is wrong, nobody answers there, or we are refused
 */
export async function openKurrentStore(url: string, options?: KurrentOptions): Promise<KurrentEventStore> {
  const cluster = await import('./kurrent-event-store.js');
  return cluster.KurrentEventStore.open(url, options);
}
