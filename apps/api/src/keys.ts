import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  assertOpens,
  FileRootKey,
  PostgresKeyStore,
  SqliteKeyStore,
  TransitRootKey,
  type KeyStore,
  type RootKey,
  type TransitSettings,
} from '#sealing';

/** The folder cannot be used, said in one sentence. */
export class FolderError extends Error {
  override readonly name = 'FolderError';
}

/** Seals nothing. */
const FIRST_KEY = 'secret:first';

/** Where the keys are, and what wraps them. */
export interface KeyPlace {
  /** Of the files `keys.db` and `root.key`, as far as they are not elsewhere. */
  readonly keysDir: string;
  /** The key store of several nodes, in PostgreSQL. */
  readonly keysUrl?: string | undefined;
  /** The root key in a transit service. */
  readonly transit?: TransitSettings | undefined;
}

export interface Keys {
  readonly store: KeyStore;
  readonly root: RootKey;
}

/**
 * The key store and a root key that opens it.
 * @param mayBegin false where there is a ledger already: its keys must be there
 * @throws FolderError, RootKeyRefused, KeysUnavailable
 */
export async function openKeys(place: KeyPlace, mayBegin: boolean): Promise<Keys> {
  const isKept = place.keysUrl === undefined && existsSync(join(place.keysDir, 'keys.db'));
  const store = await openKeyStore(place, mayBegin);
  try {
    const begins = (await store.sample()) === undefined;
    const root = await openRootKey(place, isKept || !begins);
    // Of several nodes that begin at once, each with a root key of its own, one makes the first key: it decides.
    if (begins && place.keysUrl !== undefined)
      await store.putIfAbsent(FIRST_KEY, await root.wrap(randomBytes(32), FIRST_KEY));
    await assertOpens(root, store);
    return { store, root };
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function openKeyStore({ keysDir, keysUrl }: KeyPlace, mayBegin: boolean): Promise<KeyStore> {
  const file = join(keysDir, 'keys.db');
  const missing = (what: string) =>
    new FolderError(`The keys ${what} are missing: without them the ledger cannot be read. Restore them.`);
  if (keysUrl === undefined) {
    if (!mayBegin && !existsSync(file)) throw missing(file);
    return SqliteKeyStore.open(file);
  }
  if (existsSync(file))
    throw new FolderError(
      `There are keys in ${file}: unset SILLAGE_KEYS_URL, or name another SILLAGE_KEYS_DIR.`,
    );
  const store = await PostgresKeyStore.open(keysUrl, mayBegin);
  if (!store) throw missing('in PostgreSQL (SILLAGE_KEYS_URL)');
  return store;
}

async function openRootKey({ keysDir, transit }: KeyPlace, isNeeded: boolean): Promise<RootKey> {
  const path = join(keysDir, 'root.key');
  if (transit) {
    if (existsSync(path))
      throw new FolderError(
        `There is a root key in ${path}: unset SILLAGE_TRANSIT_URL, or name another folder.`,
      );
    return TransitRootKey.open(transit);
  }
  if (isNeeded && !existsSync(path))
    throw new FolderError(`The root key ${path} is missing: without it nothing that is sealed can be read.`);
  return FileRootKey.open(path);
}
