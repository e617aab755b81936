import { KurrentEventStore } from '#event-store';
import { eventStoreContract } from '../../contract/event-store.contract.js';

eventStoreContract('kurrentdb', async () => {
  const store = await KurrentEventStore.open(process.env['SILLAGE_KURRENTDB_URL']!);
  return { store, close: () => store.close() };
});
