import type { StreamName } from '#decider';

export interface WrappedKey {
  readonly epoch: number;
  readonly wrapped: Uint8Array;
}

export interface OwnedKey extends WrappedKey {
  readonly owner: string;
}

/** Where wrapped keys are kept, apart from the ledger and its backups. */
export interface KeyStore {
  get(owner: string): Promise<WrappedKey | undefined>;
  /**
   * Durable when it resolves; keeps the key that is there already. Resolves to the key that stands; undefined where
   * none may be made: the owner was erased, or a newer version of the root key has wrapped the others since.
   * `stream` is mapped to the owner with the same flush.
   */
  putIfAbsent(owner: string, key: WrappedKey, stream?: StreamName): Promise<WrappedKey | undefined>;
  /** Remembers whose key seals a stream; durable when it resolves. */
  mapStream(stream: StreamName, owner: string): Promise<void>;
  /** Whose key seals a stream that was mapped, or sealed one that was erased. */
  ownerOf(stream: StreamName): Promise<string | undefined>;
  /** The streams that an owner's key seals, as far as they were mapped. */
  streamsOf(owner: string): Promise<readonly StreamName[]>;
  /** Every stream that was mapped to a key. */
  sealedStreams(): Promise<readonly StreamName[]>;
  /** Keys in the order of their owners' bytes, those behind `owner`, at most `KEYS_PAGE`. */
  keysAfter(owner: string): Promise<readonly OwnedKey[]>;
  /** Any one key, to try a root key on; undefined when there is none. */
  sample(): Promise<OwnedKey | undefined>;
  /**
   * From here no key of an older version is taken; then every one that stands is put through `wrap`, page by page.
   * Cut off anywhere, it is repeated. @returns how many
   */
  rewrap(epoch: number, wrap: (key: OwnedKey) => Promise<WrappedKey>): Promise<number>;
  /** Lists the streams as erased and destroys the owner's key, in one transaction. Repeated, it changes nothing. */
  erase(owner: string, streams: readonly StreamName[]): Promise<void>;
  /** For how long, by the store's clock, the owner's key has been gone, in ms; undefined while it stands. */
  erasedForMs(owner: string): Promise<number | undefined>;
  /** Streams that were sealed under the owner's key, which was destroyed; none while it stands. */
  erasedStreamsOf(owner: string): Promise<readonly StreamName[]>;
  /** Every stream that was erased. */
  erasedStreams(): Promise<readonly StreamName[]>;
  close(): Promise<void>;
}

/** The keys, or what wraps them, cannot be reached: nothing sealed can be read or written. Said in one sentence. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
}

/** So many keys are read, or wrapped again, at a time. */
export const KEYS_PAGE = 64;
