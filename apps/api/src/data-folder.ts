import { existsSync, mkdirSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { openDatabase, SqliteEventStore, type Database } from '#event-store';
import { FileRootKey, Sealing, SqliteKeyStore } from '#sealing';

/** The folder cannot be used, said in one sentence. */
export class FolderError extends Error {
  override readonly name = 'FolderError';
}

/** What a data folder holds, opened and locked: the ledger, the keys apart from it, the root key. */
export interface DataFolder {
  readonly path: string;
  readonly store: SqliteEventStore;
  readonly sealing: Sealing;
  readonly demonstration: boolean;
  close(): Promise<void>;
}

/** @throws FolderError when another server has it, or keys are missing */
export function openDataFolder(path: string, demonstration: boolean): DataFolder {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new FolderError(`The data folder ${path} cannot be made.`, { cause });
  }
  const lock = lockFolder(path);
  try {
    return openLocked(path, demonstration, lock);
  } catch (error) {
    lock.close();
    throw error;
  }
}

function openLocked(path: string, demonstration: boolean, lock: Database): DataFolder {
  const [keys, root] = [join(path, 'keys.db'), join(path, 'root.key')];
  if (existsSync(keys) && !existsSync(root))
    throw new FolderError(`The root key ${root} is missing: without it nothing that is sealed can be read.`);
  if (existsSync(join(path, 'ledger.db')) && !existsSync(keys))
    throw new FolderError(
      `The keys ${keys} are missing: without them the ledger cannot be read. Restore them.`,
    );
  const store = SqliteEventStore.open(join(path, 'ledger.db'));
  markLedger(store, path, demonstration);
  const keyStore = SqliteKeyStore.open(keys);
  const sealing = new Sealing(keyStore, FileRootKey.open(root));
  const close = async () => {
    await store.close();
    await keyStore.close();
    lock.close();
  };
  return { path, store, sealing, demonstration, close };
}

/** The operating system lets go of it when the process ends, however it ends. */
function lockFolder(path: string): Database {
  try {
    const lock = openDatabase(join(path, 'lock.db'), { lock: true });
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (cause) {
    throw new FolderError(
      `The data folder ${path} is in use by another server, or cannot be written: stop that server first.`,
      { cause },
    );
  }
}

/** A ledger says from its first start whether it tells a story; one that does not never takes a story's clock. */
function markLedger(store: SqliteEventStore, path: string, demonstration: boolean): void {
  const kind = store.meta('kind');
  if (kind === undefined) {
    store.setMeta('ledger', randomUUID());
    store.setMeta('kind', demonstration ? 'demonstration' : 'ledger');
  } else if (demonstration && kind !== 'demonstration')
    throw new FolderError(`The data folder ${path} holds a real ledger: play the demonstration elsewhere.`);
}
