import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { lockFolder, readConfig } from '../../api/src/index.js';
import { assertOpens, FileRootKey, rotateRootKey, SqliteKeyStore } from '#sealing';
import { CliError } from './sentence.js';

/** `sillage keys …`, while the server is stopped. */
export function keysCommand(): Command {
  const keys = new Command('keys')
    .description('The root key that wraps the keys of persons and professionals.')
    .exitOverride();
  keys
    .command('status')
    .description('Say which version of the root key is in use, and whether it opens the keys.')
    .action(() => withKeys(status));
  keys
    .command('rotate')
    .description('Make a new version of the root key, wrap every key in it, destroy the old version.')
    .action(() => withKeys(rotate));
  return keys;
}

async function withKeys(work: (root: string, store: SqliteKeyStore) => Promise<string>): Promise<void> {
  const { dataDir, keysDir = dataDir } = readConfig(process.env);
  const [keys, root] = [join(keysDir, 'keys.db'), join(keysDir, 'root.key')];
  if (!existsSync(keys) || !existsSync(root)) throw new CliError(`There are no keys in ${keysDir}.`);
  const lock = lockFolder(dataDir);
  const store = SqliteKeyStore.open(keys);
  try {
    process.stdout.write(`${await work(root, store)}\n`);
  } finally {
    await store.close();
    lock.close();
  }
}

async function status(path: string, store: SqliteKeyStore): Promise<string> {
  const root = FileRootKey.open(path);
  await assertOpens(root, store);
  const since = statSync(path).mtime.toISOString();
  return root.rotating
    ? `A rotation to version ${root.epoch} was interrupted: end it with \`sillage keys rotate\`.`
    : `Version ${root.epoch} of the root key, written ${since}, opens the keys.`;
}

async function rotate(path: string, store: SqliteKeyStore): Promise<string> {
  const { epoch, keys } = await rotateRootKey(path, store);
  return `Version ${epoch} of the root key wraps the keys (${keys} were wrapped again); no older backup of the keys can be opened with it. Back up the keys now.`;
}
