import { copyFileSync, chmodSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Ledger, START } from '#event-store';
import { streamsWithoutKey } from '#sealing';
import { systemClock } from '#time';
import type { Label } from '#transparency';
import {
  applyErasures,
  openDataFolder,
  openReadModels,
  readConfig,
  type Config,
} from '../../api/src/index.js';
import { labelsIn } from './erased-labels.js';
import { CliError, progressLine } from './sentence.js';

/** A restored ledger is read from its first event to its last before anybody is told that it is there. */
export async function restore(
  folder: string,
  { keys, erased = [] }: { readonly keys: string; readonly erased?: readonly string[] },
): Promise<void> {
  const { dataDir, kurrentUrl, keysUrl, transit } = readConfig(process.env);
  if (kurrentUrl)
    throw new CliError(
      "SILLAGE_KURRENTDB_URL is set: the cluster's ledger is restored with the server's own tools, see docs/operator.md.",
    );
  if (keysUrl)
    throw new CliError(
      "SILLAGE_KEYS_URL is set: the keys are restored with PostgreSQL's own tools, see docs/operator.md.",
    );
  const files = [
    [folder, 'ledger.db'],
    [keys, 'keys.db'],
    ...(transit ? [] : [[keys, 'root.key'] as const]),
  ] as const;
  for (const [from, name] of files)
    if (!existsSync(join(from, name)))
      throw new CliError(`The backup is not whole: ${join(from, name)} is missing.`);
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0)
    throw new CliError(`${dataDir} holds a ledger already, or what is left of one: name an empty folder.`);
  const known = (await Promise.all(erased.map(labelsIn))).flat();
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  for (const [from, name] of files) copyFileSync(join(from, name), join(dataDir, name));
  for (const name of ['log.key', 'log.next.key'])
    if (existsSync(join(keys, name))) copyFileSync(join(keys, name), join(dataDir, name));
  for (const name of ['root.key', 'log.key', 'log.next.key'])
    if (existsSync(join(dataDir, name))) chmodSync(join(dataDir, name), 0o600);
  try {
    await readAll(dataDir, transit, known);
  } catch (error) {
    // It was empty before: what cannot be read as a whole is not left there.
    for (const name of readdirSync(dataDir)) rmSync(join(dataDir, name), { recursive: true });
    throw error;
  }
}

async function readAll(dataDir: string, transit: Config['transit'], known: readonly Label[]): Promise<void> {
  const opened = await openDataFolder(dataDir, false, { transit });
  try {
    const ledger = new Ledger(opened.store, opened.sealing, systemClock);
    await applyErasures(opened, ledger, known);
    const { length } = await streamsWithoutKey(opened.store, opened.sealing, START);
    if (length > 0)
      throw new CliError(
        `The keys are not those of this ledger: ${length} of its streams have none. Name the backup of the keys that was made with it, or after it.`,
      );
    const models = await openReadModels(opened, ledger, progressLine('Events read'));
    process.stdout.write(`${models.position} events were restored to ${dataDir} and can be read.\n`);
    await models.close();
  } finally {
    await opened.close();
  }
}
