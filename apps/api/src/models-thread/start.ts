import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import { SqliteEventStore } from '#event-store';
import { ReadModels, type Progress } from '#read-store';
import type { DataFolder, Elsewhere } from '../data-folder.js';

/** What the thread is started with. */
export interface ThreadData {
  readonly path: string;
  readonly elsewhere: Elsewhere;
  readonly port: MessagePort;
}

/**
 * The read models in a thread of their own: what a fact means to every question costs more than deciding it, and no
 * command waits for that. A thread that fails later takes the process with it, as any fault that nobody caught.
 */
export async function openModelsInThread(
  { path, store }: DataFolder,
  elsewhere: Elsewhere,
  progress?: Progress,
): Promise<ReadModels> {
  const { port1, port2 } = new MessageChannel();
  const workerData: ThreadData = { path, elsewhere, port: port1 };
  const file = new URL('./main.js', import.meta.url);
  const thread = new Worker(file, { workerData, transferList: [port1] });
  const ended = new Promise((resolve) => thread.once('exit', resolve));
  const failed = new Promise<never>((_, reject) => thread.once('error', reject));
  try {
    const models = await Promise.race([ReadModels.follow(port2, progress, ended), failed]);
    thread.removeAllListeners('error');
    if (store instanceof SqliteEventStore) store.onCommit(() => thread.postMessage('committed'));
    return models;
  } catch (error) {
    await thread.terminate();
    throw error;
  }
}
