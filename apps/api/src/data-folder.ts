import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  openDatabase,
  openKurrentStore,
  SqliteEventStore,
  START,
  type Database,
  type LedgerStore,
} from '#event-store';
import { Sealing, streamsWithoutKey } from '#sealing';
import { FolderError, openKeys, type KeyPlace } from './keys.js';

/** What is kept elsewhere than in the data folder. */
export interface Elsewhere extends Partial<KeyPlace> {
  readonly kurrentUrl?: string | undefined;
}

export function elsewhereOf({ kurrentUrl, keysDir, keysUrl, transit }: Elsewhere): Elsewhere {
  return { kurrentUrl, ...(keysDir && { keysDir }), keysUrl, transit };
}

/** What a data folder holds, opened and locked: the ledger, the keys apart from it, the root key. */
export interface DataFolder {
  readonly path: string;
  readonly store: LedgerStore;
  readonly sealing: Sealing;
  readonly demonstration: boolean;
  /** Id of the ledger, wherever it is kept. */
  readonly ledger: string;
  /** Where the keys are: the folder itself, unless several servers share them. */
  readonly keysDir: string;
  close(): Promise<void>;
}

export type FolderInThread = Omit<DataFolder, 'demonstration'>;

/** @throws FolderError when another server has it, or keys are missing @throws RootKeyRefused, KeysUnavailable, StorageFailed */
export async function openDataFolder(
  path: string,
  demonstration: boolean,
  elsewhere: Elsewhere = {},
): Promise<DataFolder> {
  const { keysDir = path, kurrentUrl } = elsewhere;
  makeFolder(path);
  makeFolder(keysDir);
  const lock = lockFolder(path);
  const opened: { close(): unknown }[] = [lock];
  const close = async () => {
    for (const one of opened.toReversed()) await one.close();
  };
  try {
    checkFolder(path, kurrentUrl !== undefined);
    const store = await openLedger(path, kurrentUrl);
    opened.push(store);
    const keys = await openKeys({ ...elsewhere, keysDir }, (await store.end()) === START);
    opened.push(keys.store);
    const ledger = await identify(store, path, demonstration, kurrentUrl !== undefined);
    const sealing = new Sealing(keys.store, keys.root);
    return { path, store, sealing, demonstration, ledger, keysDir, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * The same for a thread of the process that has opened and locked it.
 * @param writer takes appends to the writer of a ledger that is a file
 */
export async function openFolderInThread(
  path: string,
  elsewhere: Elsewhere,
  writer?: Pick<LedgerStore, 'append'>,
): Promise<FolderInThread> {
  const { keysDir = path, kurrentUrl } = elsewhere;
  const file = join(path, 'ledger.db');
  const store = kurrentUrl ? await openKurrentStore(kurrentUrl) : SqliteEventStore.openToRead(file, writer);
  const keys = await openKeys({ ...elsewhere, keysDir }, false);
  const { id } = (await store.identity())!;
  const close = async () => {
    await store.close();
    await keys.store.close();
  };
  return { path, store, sealing: new Sealing(keys.store, keys.root), ledger: id, keysDir, close };
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new FolderError(`The data folder ${path} cannot be made.`, { cause });
  }
}

/** Of the newest events, when a server starts: an older copy of the keys lacks those of the newest streams. */
const NEWEST = 500;

/**
 * Without a stream's key all of it looks erased: questions would leave it out without a word.
 * @throws FolderError where the newest streams have no key
 */
export async function refuseOlderKeys({ path, store, sealing }: DataFolder): Promise<void> {
  const missing = await streamsWithoutKey(store, sealing, Math.max(START, (await store.end()) - NEWEST));
  if (missing.length > 0)
    throw new FolderError(
      `The keys are older than the ledger of the data folder ${path}: put back the newest copy of keys.db.`,
    );
}

/** What is only there after a first start, in which the ledger is made before anything else. */
const LATER_THAN_LEDGER = ['keys.db', 'log.db', 'log.shown'];

/** A folder stays with the engine of its ledger: with the other one it would show an empty ledger. */
function checkFolder(path: string, isElsewhere: boolean): void {
  if (isElsewhere && existsSync(join(path, 'ledger.db')))
    throw new FolderError(
      `The data folder ${path} holds a ledger of its own: unset SILLAGE_KURRENTDB_URL, or name another folder.`,
    );
  if (!isElsewhere && existsSync(join(path, 'ledger.id')))
    throw new FolderError(
      `The ledger of the data folder ${path} is in KurrentDB: set SILLAGE_KURRENTDB_URL.`,
    );
  const isLost = !existsSync(join(path, 'ledger.db'));
  if (!isElsewhere && isLost && LATER_THAN_LEDGER.some((name) => existsSync(join(path, name))))
    throw new FolderError(
      `The ledger of the data folder ${path} is gone: restore a backup into an empty folder.`,
    );
}

async function openLedger(path: string, kurrentUrl?: string): Promise<LedgerStore> {
  if (kurrentUrl !== undefined) return openKurrentStore(kurrentUrl);
  return SqliteEventStore.open(join(path, 'ledger.db'));
}

/** The operating system lets go of it when the process ends, however it ends. */
export function lockFolder(path: string): Database {
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

/**
 * A ledger says from its first start whether it tells a story; one that does not never takes a story's clock.
 * A folder whose ledger is elsewhere remembers which: its read models are of no other.
 */
async function identify(
  store: LedgerStore,
  path: string,
  demonstration: boolean,
  isElsewhere: boolean,
): Promise<string> {
  const kind = demonstration ? 'demonstration' : 'ledger';
  const identity = await store.identify({ id: randomUUID(), kind });
  if (demonstration && identity.kind !== 'demonstration')
    throw new FolderError(`The data folder ${path} holds a real ledger: play the demonstration elsewhere.`);
  if (!isElsewhere) return identity.id;
  const file = join(path, 'ledger.id');
  if (!existsSync(file)) writeFileSync(file, identity.id, { mode: 0o600 });
  else if (readFileSync(file, 'utf8') !== identity.id)
    throw new FolderError(
      `The data folder ${path} belongs to another ledger than SILLAGE_KURRENTDB_URL names.`,
    );
  return identity.id;
}
