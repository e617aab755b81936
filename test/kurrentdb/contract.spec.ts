import { eventStoreContract } from '../contract/event-store.contract.js';
import { closeAll, openStore, startNode } from './naive.js';

eventStoreContract('kurrentdb, against a stand-in', async () => {
  const { url } = await startNode();
  return { store: await openStore(url), close: closeAll };
});
