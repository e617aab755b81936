import { eraserOf, openDataFolder, openLog, openReadModels, readConfig } from '../../api/src/index.js';
import { parseId } from '#decider';
import { Ledger } from '#event-store';
import { ServedLog } from '#log';
import { systemClock } from '#time';
import { CliError } from './sentence.js';

const PENDING = {
  'cached-keys':
    'Key and events are gone; the erasure is pending, because other nodes may hold the key for a minute: repeat it then.',
  scavenge:
    'Key and events are gone; the erasure is pending: scavenge every node of the cluster, then repeat it with --scavenged.',
} as const;

interface EraseOptions {
  readonly person: string;
  readonly scavenged?: boolean;
}

/** Ends an erasure that was requested, while the server is stopped; repeated, it goes on where it was cut off. */
export async function erase({ person, scavenged }: EraseOptions): Promise<void> {
  const id = parseId<'Person'>(person);
  if (!id) throw new CliError('Name the person by their id: --person <uuid>.');
  const config = readConfig(process.env);
  const folder = await openDataFolder(config.dataDir, false, config);
  const opened: { close(): Promise<unknown> }[] = [folder];
  try {
    const ledger = new Ledger(folder.store, folder.sealing, systemClock);
    const models = await openReadModels(folder, ledger);
    opened.push(models);
    const served = await ServedLog.here(await openLog(folder, systemClock, config));
    opened.push(served);
    if (served.cut) throw served.cut;
    const erased = await eraserOf(ledger, folder.sealing, models, served).complete(id, scavenged);
    if (erased.kind === 'rejected')
      throw new CliError(`${erased.rejection.detail} ${erased.rejection.remedy}`);
    if (erased.kind === 'pending') throw new CliError(PENDING[erased.waits.for]);
    process.stdout.write(
      `${erased.streams} streams were erased: key, events and read models. The log keeps their hashes. Rotate the root key (\`sillage keys rotate\`), so that no older backup opens them.\n`,
    );
  } finally {
    for (const one of opened.toReversed()) await one.close();
  }
}
