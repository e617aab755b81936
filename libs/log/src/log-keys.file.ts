import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { epochMs } from '#time';
import {
  ED25519,
  parseEntry,
  sameBytes,
  verifierKey,
  type KeysEntry,
  type MapEntry,
  type Signer,
  type VerifierKey,
} from '#transparency';
import { LogDamaged } from './batch.js';
import type { LogStore } from './log-store.js';
import { KeyFileError, makeSigningKey, openSigningKey, readSigningKey } from './signing-key.file.js';

const CURRENT = 'log.key';
const NEXT = 'log.next.key';
const LEFT_TO_OTHERS = new Set(['ENOENT', 'EROFS', 'EACCES', 'EPERM', 'EBUSY']);
/** Both keys sign for so long. */
const OVERLAP_MS = 30 * 86_400_000;

type Log = Pick<LogStore, 'rotations' | 'losses' | 'lastMap' | 'mapAfter' | 'entry'>;

/** This node lacks the key that the log signs with: it serves what was signed before, and signs nothing. */
export class KeyMissing extends LogDamaged {
  override readonly name = 'KeyMissing';
}

/**
 * The keys that a log signs with, as files of a folder: `log.key`, and beside it, from the making of a new key until
 * the old one retires, `log.next.key`. Which of them is in use is told by the log, so every node sees it alike.
 */
export class LogKeys {
  private constructor(
    private readonly first: Signer,
    private readonly folder: string | undefined,
  ) {}

  /** `name`, `localName`: as for `openSigningKey`. @throws KeyFileError */
  static open(folder: string, name: string | undefined, localName: string): LogKeys {
    return new LogKeys(openSigningKey(join(folder, CURRENT), ED25519, name, localName), folder);
  }

  /** One key, which never changes. */
  static of(signer: Signer): LogKeys {
    return new LogKeys(signer, undefined);
  }

  /** The name that its file was made with, until the log declares a loss, which gives it another. */
  origin({ losses }: Pick<Log, 'losses'>): string {
    return losses.at(-1)?.newOrigin ?? this.first.key.name;
  }

  /** Whose signatures count now, the key in use first: beside it, for 30 days, the one before it. */
  verifierKeys(log: Log, nowMs: number): readonly VerifierKey[] {
    const rotation = newest(log);
    const { publicKey } = this.first.key;
    const [inUse, before] = rotation ? [rotation.newKey, rotation.oldKey] : [publicKey];
    const keys = rotation && before && !isOver(rotation, log, nowMs) ? [inUse, before] : [inUse];
    return keys.map((key) => verifierKey(this.origin(log), ED25519, key));
  }

  /** The same keys, as far as they are here. @throws KeyMissing where the one in use is not */
  signers(log: Log, nowMs: number): readonly Signer[] {
    const rotation = newest(log);
    const held = rotation ? this.held() : [this.first];
    const found = this.verifierKeys(log, nowMs).map((key) => {
      const signer = held.find((one) => same(one.key, key));
      return signer && { ...signer, key };
    });
    if (rotation && !found[0]) throw missing(rotation);
    return found.filter((signer) => signer !== undefined);
  }

  /** The key in use and the one that is to follow it, where one was made that the log does not name yet. */
  change({ rotations }: Pick<Log, 'rotations'>): readonly [Signer, Signer] | undefined {
    const [inUse, next] = this.held();
    if (!inUse || !next || rotations.some(({ newKey }) => sameBytes(newKey, next.key.publicKey)))
      return undefined;
    const current = rotations.at(-1)?.newKey ?? inUse.key.publicKey;
    return sameBytes(current, inUse.key.publicKey) ? [inUse, next] : undefined;
  }

  /** Puts the key in use in the place of the one before it, whose 30 days are over: that one is gone then. */
  retire(log: Log, nowMs: number): void {
    const rotation = newest(log);
    const [, next] = this.held();
    if (!this.folder || !rotation || !next || !sameBytes(next.key.publicKey, rotation.newKey)) return;
    if (isOver(rotation, log, nowMs)) renameIfAllowed(join(this.folder, NEXT), join(this.folder, CURRENT));
  }

  /** Read anew: the operator, or another node that shares the folder, may have put them there. */
  private held(): readonly Signer[] {
    const { folder } = this;
    if (!folder) return [this.first];
    const read = (name: string) => readSigningKey(join(folder, name), ED25519, this.first.key.name);
    return [read(CURRENT), read(NEXT)].filter((signer) => signer !== undefined);
  }
}

/**
 * Makes the key that follows `log.key`, beside it or in `file`: servers take it from `log.next.key` in their folder.
 * @throws KeyFileError where there is no key, or it is being changed already
 */
export function makeNextLogKey(folder: string, file = join(folder, NEXT)): VerifierKey {
  const inUse = readSigningKey(join(folder, CURRENT), ED25519, undefined);
  if (!inUse) throw new KeyFileError(`There is no log.key in ${folder}.`);
  if (existsSync(join(folder, NEXT)))
    throw new KeyFileError(
      'The key is being changed already: the old one retires 30 days after the new one.',
    );
  return makeSigningKey(file, ED25519, inUse.key.name).key;
}

/** The last change that the newest map entry, hence a checkpoint, covers. */
function newest({ rotations, lastMap }: Log): KeysEntry | undefined {
  return rotations.findLast(({ size }) => size < (lastMap?.size ?? 0));
}

/** Whether 30 days went by since the map entry behind the change, which dates it. */
function isOver({ size }: KeysEntry, log: Log, nowMs: number): boolean {
  const index = log.mapAfter(size);
  const map = index === undefined ? undefined : parseEntry(log.entry(index));
  return map?.ok === true && nowMs >= epochMs((map.value as MapEntry).at) + OVERLAP_MS;
}

function same(one: VerifierKey, other: VerifierKey): boolean {
  return sameBytes(one.publicKey, other.publicKey);
}

function missing({ newKey, size }: KeysEntry): KeyMissing {
  const start = Buffer.from(newKey).toString('base64').slice(0, 8);
  return new KeyMissing(
    `Since entry ${size} the log signs with another key (${start}…): put its file beside log.key as log.next.key.`,
  );
}

/**
 * Nodes that share a folder may both do it. Where the folder cannot be written (keys handed in as read-only files) it
 * is left to whoever put them there: the old key signs nothing any more either way.
 */
function renameIfAllowed(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!LEFT_TO_OTHERS.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
