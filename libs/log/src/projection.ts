import type { EventStore } from '#event-store';
import { LOG } from './batch.js';
import { LogStore } from './log-store.js';

/** Made anew where it is missing, damaged, of another shape, ahead of the ledger, or of what stood there before. */
export async function openProjection(path: string, store: EventStore): Promise<LogStore> {
  const log = openSound(path);
  if (log && (await isOf(store, log))) return log;
  log?.close();
  LogStore.remove(path);
  return LogStore.open(path);
}

/** Undefined where it is damaged, or of another version. */
function openSound(path: string): LogStore | undefined {
  try {
    return LogStore.open(path);
  } catch {
    return undefined;
  }
}

async function isOf(store: EventStore, { source: { revision, batch } }: LogStore): Promise<boolean> {
  if (revision < 0) return true;
  const [last] = await store.read(LOG, revision, 1);
  return last !== undefined && (batch === undefined || last.id === batch);
}
