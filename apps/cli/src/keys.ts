import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { lockFolder, openKeys, readConfig, type Config, type Keys } from '../../api/src/index.js';
import { makeNextLogKey } from '#log';
import { rotateRootKey } from '#sealing';
import { formatVerifierKey } from '#transparency';
import { moveKeysTo } from './move-keys.js';
import { CliError } from './sentence.js';

/** `sillage keys …`: while the server is stopped, unless a transit service holds the root key. */
export function keysCommand(): Command {
  const keys = new Command('keys')
    .description(
      'The root key that wraps the keys of persons and professionals, and the key that the log signs with.',
    )
    .exitOverride();
  keys
    .command('status')
    .description('Say which version of the root key is in use, and whether it opens the keys.')
    .action(() => withKeys(status));
  keys
    .command('rotate')
    .description('Make a new version of the root key, wrap every key in it, destroy the old version.')
    .action(() => withKeys(rotate));
  keys
    .command('rotate-log')
    .description('Make the key that the log signs with next; running servers take it from log.next.key.')
    .option('--out <file>', 'write it here: to be copied to every node as log.next.key')
    .action(rotateLog);
  keys
    .command('move')
    .description(
      'Move the keys between keys.db and PostgreSQL, compared at the end, while every server is stopped.',
    )
    .requiredOption('--to <place>', 'postgres or file')
    .option(
      '--root <place>',
      'what wraps them there: file or transit (the default where SILLAGE_TRANSIT_URL is set)',
    )
    .action(moveKeysTo);
  return keys;
}

/** Beside a running server: it logs the change by itself, once a second it looks. */
function rotateLog({ out }: { readonly out?: string }): void {
  const { dataDir, keysDir = dataDir } = readConfig(process.env);
  const key = makeNextLogKey(keysDir, out);
  process.stdout.write(
    `The log signs with ${formatVerifierKey(key)} as soon as a server finds it as log.next.key; the old key signs beside it for 30 days. Tell it to whoever checks the log, and back up the keys now.\n`,
  );
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
