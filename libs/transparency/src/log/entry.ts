import type { Instant } from '#decider';
import type { Hash } from '../crypto.js';
import type { Label } from './label.js';

/** One event of one stream: commitments only, no identity, no type, no time. */
export interface EventEntry {
  readonly kind: 'event';
  readonly commitment: Hash;
  /** SHA-256 of the bytes the store holds, so that it can be checked without keys. */
  readonly stored: Hash;
  readonly label: Label;
  /** The stream's revision, from 0. */
  readonly n: number;
  /** Leaf hash of the label's entry before; 32 zero bytes for the first. */
  readonly previous: Hash;
  readonly deferral?: DeferralMark;
}

/**
 * What the log says in clear about a deferral: that it began (on the first entry of its label), until when; that
 * it was reviewed, until when again; that it ended.
 */
export type DeferralMark =
  | { readonly mark: 'deferral' | 'deferral-review'; readonly until: Instant }
  | { readonly mark: 'deferral-end' };

/** The last leaf of each checkpoint: the head over all labels as of the `size` entries before it. */
export interface MapEntry {
  readonly kind: 'map';
  readonly root: Hash;
  /** Number of entries before this one, which is its index. */
  readonly size: number;
  /**
   * Index of the map entry before it; none in the log's first entry. Two map entries that name each other so have no
   * third between them, so a file can prove which ones stand next to an event.
   */
  readonly prev?: number;
  /** Index of the newest declared loss before it, so that no file can leave one out; none while there is none. */
  readonly loss?: number;
  readonly at: Instant;
}

/** A new signing key. Both keys sign the same message; see `keysMessage`. */
export interface KeysEntry {
  readonly kind: 'keys';
  /** Ed25519 public keys, 32 bytes each. */
  readonly oldKey: Uint8Array;
  readonly newKey: Uint8Array;
  /** Number of entries before this one, which is its index. */
  readonly size: number;
  /** 64 bytes each. */
  readonly oldSignature: Uint8Array;
  readonly newSignature: Uint8Array;
}

/** The label's stream was erased. Its entries stay and still verify. */
export interface ErasureEntry {
  readonly kind: 'erasure';
  readonly label: Label;
}

/**
 * The end of the log was lost: its key signs which checkpoint the log had shown, how much of it was kept, and the name
 * under which the log goes on. See `lossMessage`.
 */
export interface LossEntry {
  readonly kind: 'loss';
  /** Number of entries before this one, which is its index. */
  readonly size: number;
  /** Index of the loss that was declared before; none in the first. */
  readonly prev?: number;
  /** So many entries, from the first on, are those of the log of before; less than `oldSize`, not more than `size`. */
  readonly kept: number;
  /** The last checkpoint that was shown under the name of before. */
  readonly oldOrigin: string;
  readonly oldSize: number;
  readonly oldRoot: Hash;
  /** The name from here on, never used before. */
  readonly newOrigin: string;
  /** The log's Ed25519 key, 32 bytes: a loss changes the name, not the key. */
  readonly key: Uint8Array;
  /** 64 bytes. */
  readonly signature: Uint8Array;
}

export type LogEntry = EventEntry | MapEntry | KeysEntry | ErasureEntry | LossEntry;

/** The `previous` of a label's first entry. */
export const NO_PREVIOUS: Hash = new Uint8Array(32);
