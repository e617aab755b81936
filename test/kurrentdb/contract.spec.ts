import { KurrentEventStore } from '#event-store';
import { eventStoreContract } from '../contract/event-store.contract.js';
import { StandIn } from './stand-in/node.js';

eventStoreContract('kurrentdb, against a stand-in', async () => {
  const server = await StandIn.start();
  const store = await KurrentEventStore.open(server.url);
  const close = async () => {
    await store.close();
    server.stop();
  };
  return { store, close };
});
