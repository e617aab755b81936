import type { MessagePort } from 'node:worker_threads';
import { ServedLog } from '#log';
import { answerCalls } from '#threads';
import type { Config } from '../config.js';
import type { DataFolder } from '../data-folder.js';
import { startThread } from '../thread.js';

/** What the thread is started with. */
export interface LogThreadData {
  readonly config: Config;
  readonly port: MessagePort;
}

/**
 * The log in a thread of its own: a checkpoint over what thousands of labels became is seconds of hashing. What it
 * appends goes through the one writer of this thread.
 */
export async function openLogInThread({ store }: DataFolder, config: Config): Promise<ServedLog> {
  const file = new URL('./main.js', import.meta.url);
  const { opened } = await startThread(file, { config }, (port, ended) => {
    answerCalls(port, { append: store.append.bind(store) } satisfies Appending);
    return ServedLog.at(port, ended);
  });
  return opened;
}

/** What the thread asks of this one. */
export type Appending = Pick<DataFolder['store'], 'append'>;
