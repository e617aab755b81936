import { openDataFolder, openReadModels, readConfig } from '../../api/src/index.js';
import { Ledger } from '#event-store';
import { systemClock } from '#time';
import { progressLine } from './sentence.js';

export async function rebuild(): Promise<void> {
  const folder = openDataFolder(readConfig(process.env).dataDir, false);
  try {
    const ledger = new Ledger(folder.store, folder.sealing, systemClock);
    const models = await openReadModels(folder, ledger);
    await models.rebuild(progressLine('Events read'));
    process.stdout.write(`The read models were made anew from ${models.position} events.\n`);
    await models.close();
  } finally {
    await folder.close();
  }
}
