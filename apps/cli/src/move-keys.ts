import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { lockFolder, readConfig, type Config } from '../../api/src/index.js';
import {
  assertOpens,
  FileRootKey,
  moveKeys,
  PostgresKeyStore,
  RootKeyRefused,
  SqliteKeyStore,
  TransitRootKey,
  type KeyStore,
  type RootKey,
} from '#sealing';
import { CliError } from './sentence.js';

type Root = 'file' | 'transit';

interface MoveOptions {
  readonly to: string;
  readonly root?: string;
}

/** What a move works with; `root`: what is to wrap the keys afterwards. */
interface Move extends Pick<Config, 'transit'> {
  readonly keysDir: string;
  readonly keysUrl: string;
  readonly root: Root;
}

/**
 * `sillage keys move`: from keys.db to PostgreSQL or back, wrapped again under the root key that is to be used there.
 * The copy counts only when it was compared with the original, which is kept. Cut off, it is repeated.
 */
export async function moveKeysTo({ to, root }: MoveOptions): Promise<void> {
  const { dataDir, keysDir = dataDir, keysUrl, transit } = readConfig(process.env);
  if (to !== 'postgres' && to !== 'file')
    throw new CliError('The keys are moved --to postgres or --to file.');
  if (root !== undefined && root !== 'file' && root !== 'transit')
    throw new CliError('What wraps the keys is --root file or --root transit.');
  if (!keysUrl)
    throw new CliError('Set SILLAGE_KEYS_URL to the PostgreSQL that the keys are moved from or to.');
  if (root === 'transit' && !transit)
    throw new CliError('Set SILLAGE_TRANSIT_URL to the service that is to hold the root key.');
  const move: Move = { keysDir, keysUrl, transit, root: root ?? (transit ? 'transit' : 'file') };
  const lock = lockFolder(dataDir);
  try {
    process.stdout.write(`${await (to === 'postgres' ? toPostgres(move) : toFile(move))}\n`);
  } finally {
    lock.close();
  }
}

async function toPostgres(move: Move): Promise<string> {
  const file = join(move.keysDir, 'keys.db');
  const target = (await PostgresKeyStore.open(move.keysUrl))!;
  try {
    if (!existsSync(file)) await assertMoved(target, move);
    else {
      const source = SqliteKeyStore.open(file);
      await copy(source, target, move).finally(() => source.close());
      renameSync(file, `${file}.moved`);
      for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true });
    }
  } finally {
    await target.close();
  }
  const rootFile = join(move.keysDir, 'root.key');
  if (move.root === 'transit' && existsSync(rootFile)) renameSync(rootFile, `${rootFile}.moved`);
  return `The keys were moved to PostgreSQL and compared; the files are kept with .moved behind their names: back up the keys, then destroy those.`;
}

/** A move that was cut off after the copy was compared has only its root key left to put aside. */
async function assertMoved(target: KeyStore, move: Move): Promise<void> {
  if (!existsSync(join(move.keysDir, 'keys.db.moved')))
    throw new CliError(`There are no keys in ${move.keysDir}.`);
  await assertOpens(await rootOf(move.root, move), target);
}

async function toFile(move: Move): Promise<string> {
  const file = join(move.keysDir, 'keys.db');
  if (existsSync(file)) throw new CliError(`${file} is there already.`);
  const source = await PostgresKeyStore.open(move.keysUrl, false);
  if (!source) throw new CliError('There are no keys in PostgreSQL (SILLAGE_KEYS_URL).');
  const target = SqliteKeyStore.open(`${file}.part`);
  try {
    await copy(source, target, move);
  } finally {
    await target.close();
    await source.close();
  }
  renameSync(`${file}.part`, file);
  const unset =
    move.root === 'file' && move.transit ? 'SILLAGE_KEYS_URL and SILLAGE_TRANSIT_URL' : 'SILLAGE_KEYS_URL';
  return `The keys were moved to ${file} and compared: unset ${unset}. Those in PostgreSQL are left there: back up the keys, then drop its tables.`;
}

async function copy(source: KeyStore, target: KeyStore, move: Move): Promise<void> {
  const wrapping = await wrappingRoot(source, move);
  await moveKeys({ store: source, root: wrapping }, { store: target, root: await rootOf(move.root, move) });
}

/** The one that opens the keys: the file where there is one, or the service. @throws RootKeyRefused */
async function wrappingRoot(source: KeyStore, move: Move): Promise<RootKey> {
  const kinds: readonly Root[] = [
    ...(existsSync(join(move.keysDir, 'root.key')) ? (['file'] as const) : []),
    ...(move.transit ? (['transit'] as const) : []),
  ];
  let refused: unknown = new RootKeyRefused(`The root key ${join(move.keysDir, 'root.key')} is missing.`);
  for (const kind of kinds) {
    const root = await rootOf(kind, move);
    const error = await assertOpens(root, source).catch((cause: unknown) => cause);
    if (error === undefined) return root;
    refused = error;
  }
  throw refused;
}

async function rootOf(kind: Root, { keysDir, transit }: Move): Promise<RootKey> {
  return kind === 'transit' ? TransitRootKey.open(transit!) : FileRootKey.open(join(keysDir, 'root.key'));
}
