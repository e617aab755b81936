import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { dirname } from 'node:path';
import { openBox, sealBox } from './aead.js';

/** Wraps persons' keys. An epoch is one version of it; destroying a version destroys all that it wrapped. */
export interface RootKey {
  readonly epoch: number;
  wrap(key: Uint8Array, name: string): Promise<Uint8Array>;
  /** @throws when the epoch is not this one, or the wrapped key was altered or belongs to another name */
  unwrap(wrapped: Uint8Array, name: string, epoch: number): Promise<Uint8Array>;
}

interface RootFile {
  readonly epoch: number;
  readonly key: string;
}

/** The root key in a file that only its owner may read, for one machine. Made on first start. */
export class FileRootKey implements RootKey {
  private constructor(
    readonly epoch: number,
    private readonly key: KeyObject,
  ) {}

  static open(path: string): FileRootKey {
    if (!existsSync(path)) create(path, { epoch: 1, key: randomBytes(32).toString('base64url') });
    const { epoch, key } = JSON.parse(readFileSync(path, 'utf8')) as RootFile;
    return new FileRootKey(epoch, createSecretKey(Buffer.from(key, 'base64url')));
  }

  async wrap(key: Uint8Array, name: string): Promise<Uint8Array> {
    return sealBox(this.key, key, associated(name, this.epoch));
  }

  async unwrap(wrapped: Uint8Array, name: string, epoch: number): Promise<Uint8Array> {
    if (epoch !== this.epoch) throw new Error(`The key was wrapped by root key version ${epoch}.`);
    return openBox(this.key, wrapped, associated(name, epoch));
  }
}

function associated(name: string, epoch: number): Buffer {
  return Buffer.from(`sillage/wrap/1 ${epoch} ${name}`, 'utf8');
}

/**
 * On disk before it is used, its name in the folder included: a key that wrapped something and was lost would
 * lose that too. A link, not a rename: of several processes that start at once only the first makes the file.
 */
function create(path: string, content: RootFile): void {
  const draft = `${path}.${randomBytes(8).toString('hex')}.new`;
  const file = openSync(draft, 'wx', 0o600);
  writeSync(file, JSON.stringify(content));
  flush(file);
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
  flush(openSync(dirname(path), 'r'));
}

function flush(file: number): void {
  fsyncSync(file);
  closeSync(file);
}
