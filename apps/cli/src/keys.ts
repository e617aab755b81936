import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { lockFolder, openKeys, readConfig, type Config, type Keys } from '../../api/src/index.js';
import { rotateRootKey } from '#sealing';
import { CliError } from './sentence.js';

/** `sillage keys …`: while the server is stopped, unless a transit service holds the root key. */
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

async function withKeys(work: (keys: Keys, config: Config) => Promise<string>): Promise<void> {
  const config = readConfig(process.env);
  const { dataDir, keysDir = dataDir, keysUrl, transit } = config;
  const files = [...(keysUrl ? [] : ['keys.db']), ...(transit ? [] : ['root.key'])];
  if (files.some((file) => !existsSync(join(keysDir, file))))
    throw new CliError(`There are no keys in ${keysDir}.`);
  // Servers go on beside it where both are elsewhere: each asks for what it needs.
  const lock = keysUrl && transit ? undefined : lockFolder(dataDir);
  try {
    const keys = await openKeys({ ...config, keysDir }, false);
    process.stdout.write(`${await work(keys, config).finally(() => keys.store.close())}\n`);
  } finally {
    lock?.close();
  }
}

async function status({ root }: Keys, { dataDir, keysDir = dataDir, transit }: Config): Promise<string> {
  if (root.rotating)
    return `A rotation to version ${root.epoch} was interrupted: end it with \`sillage keys rotate\`.`;
  const since = transit
    ? `held by ${transit.url}`
    : `written ${statSync(join(keysDir, 'root.key')).mtime.toISOString()}`;
  return `Version ${root.epoch} of the root key, ${since}, opens the keys.`;
}

async function rotate({ root, store }: Keys): Promise<string> {
  const { epoch, keys } = await rotateRootKey(root, store);
  return `Version ${epoch} of the root key wraps the keys (${keys} were wrapped again); no older backup of the keys can be opened with it. Back up the keys now.`;
}
