import type { MessagePort } from 'node:worker_threads';
import { SqliteEventStore } from '#event-store';
import { ReadModels, type Progress } from '#read-store';
import type { DataFolder, Elsewhere } from '../data-folder.js';
import { startThread } from '../thread.js';

/** What the thread is started with. */
export interface ModelsThreadData {
  readonly path: string;
  readonly elsewhere: Elsewhere;
  readonly port: MessagePort;
}

/**
 * The read models in a thread of their own: what a fact means to every question costs more than deciding it, and no
 * command waits for that.
 */
export async function openModelsInThread(
  { path, store }: DataFolder,
  elsewhere: Elsewhere,
  progress?: Progress,
): Promise<ReadModels> {
  const file = new URL('./main.js', import.meta.url);
  const { worker, opened } = await startThread(file, { path, elsewhere }, (port, ended) =>
    ReadModels.follow(port, progress, ended),
  );
  if (store instanceof SqliteEventStore) store.onCommit(() => worker.postMessage('committed'));
  return opened;
}
