import { once } from 'node:events';
import { workerData } from 'node:worker_threads';
import { AppendTooLarge, OutcomeUnknown, StorageFailed, StoreBusy } from '#event-store';
import { LogDesk } from '#log';
import { answerCalls, callsTo } from '#threads';
import { systemClock } from '#time';
import { openFolderInThread } from '../data-folder.js';
import { openLog } from '../log.js';
import type { Appending, LogThreadData } from './open-log.js';

const { config, port } = workerData as LogThreadData;
const writer = callsTo<Appending>(port, [AppendTooLarge, OutcomeUnknown, StorageFailed, StoreBusy]);
const opening = openFolderInThread(config.dataDir, config, writer);
const open = async () => {
  const folder = await opening;
  return new LogDesk(await openLog(folder, systemClock, config), folder.sealing);
};
answerCalls(port, open());
await once(port, 'close');
await (await opening).close();
