import { parentPort, workerData } from 'node:worker_threads';
import { Ledger, SqliteEventStore } from '#event-store';
import { KnowledgeProjector } from '#knowledge';
import { keepReadModels } from '#read-store';
import { systemClock } from '#time';
import { openFolderToRead } from '../data-folder.js';
import type { ThreadData } from './start.js';

const { path, elsewhere, port } = workerData as ThreadData;
const folder = await openFolderToRead(path, elsewhere);
const { store, sealing } = folder;
if (store instanceof SqliteEventStore) parentPort!.on('message', () => store.wake());
const ledger = new Ledger(store, sealing, systemClock);
await keepReadModels(port, path, ledger, sealing, () => new KnowledgeProjector(ledger));
await folder.close();
parentPort!.close();
