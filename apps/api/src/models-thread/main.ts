import { parentPort, workerData } from 'node:worker_threads';
import { Ledger, SqliteEventStore } from '#event-store';
import { KnowledgeProjector } from '#knowledge';
import { keepReadModels } from '#read-store';
import { systemClock } from '#time';
import { openFolderInThread } from '../data-folder.js';
import type { ModelsThreadData } from './open-models.js';

const { path, elsewhere, port } = workerData as ModelsThreadData;
const folder = await openFolderInThread(path, elsewhere);
const { store, sealing } = folder;
if (store instanceof SqliteEventStore) parentPort!.on('message', () => store.wake());
const ledger = new Ledger(store, sealing, systemClock);
await keepReadModels(port, path, ledger, sealing, () => new KnowledgeProjector(ledger));
await folder.close();
parentPort!.close();
