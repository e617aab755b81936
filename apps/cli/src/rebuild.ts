import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openDataFolder, openReadModels, readConfig } from '../../api/src/index.js';
import { Ledger } from '#event-store';
import { systemClock } from '#time';
import { CliError, progressLine } from './sentence.js';

export async function rebuild(): Promise<void> {
  const config = readConfig(process.env);
  const isHere = ['ledger.db', 'ledger.id'].some((name) => existsSync(join(config.dataDir, name)));
  if (!isHere && !config.kurrentUrl) throw new CliError(`There is no ledger in ${config.dataDir}.`);
  const folder = await openDataFolder(config.dataDir, false, config);
  try {
    const ledger = new Ledger(folder.store, folder.sealing, systemClock);
    const models = await openReadModels(folder, ledger);
    await models.rebuild(progressLine('Events read'));
    const extent = config.kurrentUrl ? `up to position ${models.position}` : `from ${models.position} events`;
    process.stdout.write(`The read models were made anew ${extent}.\n`);
    await models.close();
  } finally {
    await folder.close();
  }
}
