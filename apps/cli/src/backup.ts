import { copyFileSync, chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { backupDatabase, openDatabase } from '#event-store';
import { readConfig } from '../../api/src/index.js';
import { CliError } from './sentence.js';

/** First the ledger, then its keys: a key is made before its first event, so none is missing. */
export async function backup(folder: string, { keys }: { readonly keys: string }): Promise<void> {
  const { dataDir, kurrentUrl, keysUrl, transit } = readConfig(process.env);
  if (kurrentUrl)
    throw new CliError(
      "SILLAGE_KURRENTDB_URL is set: the cluster's ledger is copied with the server's own tools, see docs/operator.md.",
    );
  if (keysUrl)
    throw new CliError(
      "SILLAGE_KEYS_URL is set: the keys are copied with PostgreSQL's own tools, after the ledger; see docs/operator.md.",
    );
  if (isWithin(folder, keys) || isWithin(keys, folder))
    throw new CliError('The keys go to another folder than the ledger: together they open everything.');
  for (const name of ['ledger.db', 'keys.db', ...(transit ? [] : ['root.key'])])
    if (!existsSync(join(dataDir, name))) throw new CliError(`There is no ledger in ${dataDir}.`);
  for (const [target, name] of [
    [folder, 'ledger.db'],
    [keys, 'keys.db'],
  ] as const)
    if (existsSync(join(target, name))) throw new CliError(`${join(target, name)} is there already.`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  mkdirSync(keys, { recursive: true, mode: 0o700 });
  await copy(join(dataDir, 'ledger.db'), join(folder, 'ledger.db'));
  await copy(join(dataDir, 'keys.db'), join(keys, 'keys.db'));
  // The log's signing key as well: without it the log would have to begin anew under another name.
  for (const name of ['root.key', 'log.key', 'log.next.key']) {
    if (!existsSync(join(dataDir, name))) continue;
    copyFileSync(join(dataDir, name), join(keys, name));
    chmodSync(join(keys, name), 0o600);
  }
  process.stdout.write(`The ledger was copied to ${folder}, its keys to ${keys}.\n`);
}

function isWithin(folder: string, inner: string): boolean {
  return `${resolve(inner)}${sep}`.startsWith(`${resolve(folder)}${sep}`);
}

async function copy(from: string, to: string): Promise<void> {
  const db = openDatabase(from, { readOnly: true });
  try {
    await backupDatabase(db, to);
  } finally {
    db.close();
  }
}
