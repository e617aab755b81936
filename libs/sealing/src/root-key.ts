import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { openBox, sealBox } from './aead.js';
import type { WrappedKey } from './key-store.js';
import { createSecret, replaceSecret } from './secret-file.js';

/** Wraps persons' keys. An epoch is one version of it; destroying a version destroys all that it wrapped. */
export interface RootKey {
  /** The version that wraps, as far as is known here. */
  readonly epoch: number;
  /** A rotation was begun and not ended: older versions are held as well. */
  readonly rotating: boolean;
  wrap(key: Uint8Array, name: string): Promise<WrappedKey>;
  /** @throws when the epoch is not held, or the wrapped key was altered or belongs to another name */
  unwrap(wrapped: Uint8Array, name: string, epoch: number): Promise<Uint8Array>;
  /** Makes the next version beside this one; where one was made already, that one. */
  begin(): Promise<RootKey>;
  /** Destroys the older versions for good. MUST NOT be called while anything is wrapped by them. */
  end(): Promise<RootKey>;
}

interface Version {
  readonly epoch: number;
  readonly key: string;
}
/** `next` stands there from the beginning of a rotation to its end. */
interface RootFile extends Version {
  readonly next?: Version;
}

/** The root key in a file that only its owner may read, for one machine. Made on first start. */
export class FileRootKey implements RootKey {
  private readonly versions: ReadonlyMap<number, KeyObject>;
  readonly epoch: number;

  private constructor(
    private readonly path: string,
    private readonly file: RootFile,
  ) {
    const held = file.next ? [file, file.next] : [file];
    this.versions = new Map(
      held.map(({ epoch, key }) => [epoch, createSecretKey(Buffer.from(key, 'base64url'))]),
    );
    this.epoch = held.at(-1)!.epoch;
  }

  static open(path: string): FileRootKey {
    if (!existsSync(path)) createSecret(path, JSON.stringify(newVersion(1)));
    return new FileRootKey(path, JSON.parse(readFileSync(path, 'utf8')) as RootFile);
  }

  get rotating(): boolean {
    return this.file.next !== undefined;
  }

  async begin(): Promise<FileRootKey> {
    if (this.rotating) return this;
    const both: RootFile = { ...this.file, next: newVersion(this.epoch + 1) };
    replaceSecret(this.path, JSON.stringify(both));
    return new FileRootKey(this.path, both);
  }

  async end(): Promise<FileRootKey> {
    if (!this.file.next) return this;
    replaceSecret(this.path, JSON.stringify(this.file.next));
    return new FileRootKey(this.path, this.file.next);
  }

  async wrap(key: Uint8Array, name: string): Promise<WrappedKey> {
    const { epoch } = this;
    return { epoch, wrapped: sealBox(this.versions.get(epoch)!, key, wrappingContext(name, epoch)) };
  }

  async unwrap(wrapped: Uint8Array, name: string, epoch: number): Promise<Uint8Array> {
    const version = this.versions.get(epoch);
    if (!version) throw new Error(`The key was wrapped by root key version ${epoch}.`);
    return openBox(version, wrapped, wrappingContext(name, epoch));
  }
}

function newVersion(epoch: number): Version {
  return { epoch, key: randomBytes(32).toString('base64url') };
}

function wrappingContext(name: string, epoch: number): Buffer {
  return Buffer.from(`sillage/wrap/1 ${epoch} ${name}`, 'utf8');
}
