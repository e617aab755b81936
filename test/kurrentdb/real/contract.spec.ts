import { openKurrentStore } from '#event-store';
import { eventStoreContract } from '../../contract/event-store.contract.js';

eventStoreContract('kurrentdb', async () => {
  const store = await openKurrentStore(process.env['SILLAGE_KURRENTDB_URL']!);
  return { store, close: () => store.close() };
});
