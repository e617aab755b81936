import { createHmac, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { streamKey, streamKind, type StreamName } from '#decider';
import { StreamErased, type Sealer, type StreamCipher } from '#event-store';
import { remembered } from '#time';
import { labelOf, sealingContext } from '#transparency';
import { openBox, sealBox } from './aead.js';
import type { KeyStore, WrappedKey } from './key-store.js';
import type { RootKey } from './root-key.js';

/** The longest time that a node goes on using a key that another node may have destroyed. */
const KEY_CACHE_MS = 60_000;
const MAX_CACHED_KEYS = 20_000;
/**
 * Whose key seals each kind of stream; null: it stays in clear; `entrusted`: its name tells nobody whose it is, the key
 * store does. A kind that is not listed is refused.
 */
const OWNERS: Readonly<Record<string, 'person' | 'actor' | 'entrusted' | null>> = {
  person: 'person',
  access: 'person',
  deferral: 'entrusted',
  actor: 'actor',
  institution: null,
  commission: null,
  catalogue: null,
  audit: null,
  search: null,
  erasures: null,
  outbox: null,
  log: null,
};

const CLEAR: StreamCipher = { seal: (_, plain) => plain, open: (_, body) => body };

/**
 * Whose key seals a stream, as its name tells: `person:<id>`, `actor:<id>`; undefined for a stream in clear.
 * @throws for a kind of stream of which nobody said whether it is sealed, and for one that was entrusted to a key
 */
export function ownerOf(stream: StreamName): string | undefined {
  const owner = ownerKind(stream);
  if (owner === 'entrusted') throw new Error('Only the key store knows whose key seals this stream.');
  return owner === null ? undefined : `${owner}:${streamKey(stream)}`;
}

/** Whether a stream is sealed at all. */
export function isSealed(stream: StreamName): boolean {
  return ownerKind(stream) !== null;
}

function ownerKind(stream: StreamName): 'person' | 'actor' | 'entrusted' | null {
  const owner = OWNERS[streamKind(stream)];
  // Nothing is left in clear by default.
  if (owner === undefined)
    throw new Error(`Nobody said whether streams of kind ${streamKind(stream)} are sealed.`);
  return owner;
}

/** Each person's data under their own key, so that destroying the key erases every copy of it. */
export class Sealing implements Sealer {
  private readonly keys = new Map<string, { key: KeyObject; until: number }>();
  /** Streams that the key store is known to have mapped to their owner. */
  private readonly mapped = new Set<StreamName>();
  private readonly owners = new Map<StreamName, string>();

  constructor(
    private readonly store: KeyStore,
    private readonly root: RootKey,
    private readonly monotonicMs: () => number = () => performance.now(),
  ) {}

  async cipherOf(stream: StreamName): Promise<StreamCipher | undefined> {
    if (!isSealed(stream)) return CLEAR;
    const owner = await this.ownerOf(stream);
    const key = owner === undefined ? undefined : await this.keyOf(owner);
    return key && streamCipher(stream, key);
  }

  async cipherFor(stream: StreamName): Promise<StreamCipher> {
    if (!isSealed(stream)) return CLEAR;
    const owner = await this.ownerOf(stream);
    if (owner === undefined) throw new StreamErased('Nobody entrusted this stream to a key.');
    const key = (await this.keyOf(owner)) ?? (await this.makeKey(owner, stream));
    if (!this.mapped.has(stream)) await this.map(stream, owner);
    return streamCipher(stream, key);
  }

  /** Whether the stream's key is there; nothing is unwrapped for it. */
  async hasKey(stream: StreamName): Promise<boolean> {
    const owner = await this.ownerOf(stream);
    return owner !== undefined && (await this.store.get(owner)) !== undefined;
  }

  /** Whose key seals the stream, also after it was destroyed; undefined in clear, and where nobody entrusted it. */
  async ownerOf(stream: StreamName): Promise<string | undefined> {
    if (ownerKind(stream) !== 'entrusted') return ownerOf(stream);
    const known = this.owners.get(stream) ?? (await this.store.ownerOf(stream));
    if (known === undefined) return undefined;
    if (this.owners.size >= MAX_CACHED_KEYS) this.owners.clear();
    this.owners.set(stream, known);
    return known;
  }

  /** Has the stream sealed under the owner's key, whatever its name; durable when it resolves. Repeatable. */
  entrust(stream: StreamName, owner: string): Promise<void> {
    return this.store.mapStream(stream, owner);
  }

  /** What is sealed under the owner's key, as far as the key store was told. */
  streamsOf(owner: string): Promise<readonly StreamName[]> {
    return this.store.streamsOf(owner);
  }

  /** Every stream that is sealed under a key that stands, as far as the key store was told. */
  sealedStreams(): Promise<readonly StreamName[]> {
    return this.store.sealedStreams();
  }

  /** Lists the streams as erased and destroys their owner's key; no key is made for that owner again. Repeatable. */
  async erase(owner: string, streams: readonly StreamName[]): Promise<void> {
    await this.store.erase(owner, streams);
    this.forget(owner);
    for (const stream of streams) this.mapped.delete(stream);
  }

  /** What is held of the owner's key here, in memory: where another thread or node destroyed it. */
  forget(owner: string): void {
    this.keys.delete(owner);
  }

  /** Streams that were sealed under the owner's key, which was destroyed; none while it stands. */
  erasedStreamsOf(owner: string): Promise<readonly StreamName[]> {
    return this.store.erasedStreamsOf(owner);
  }

  /** For how many ms another node may still hold the owner's key, which was destroyed; 0: none does. */
  async cachedElsewhereMs(owner: string): Promise<number> {
    const goneMs = await this.store.erasedForMs(owner);
    return goneMs === undefined ? 0 : Math.max(0, KEY_CACHE_MS - goneMs);
  }

  erasedStreams(): Promise<readonly StreamName[]> {
    return this.store.erasedStreams();
  }

  /** Seals a text of a read model under its owner's key; the place binds it to its row. */
  async sealText(owner: string, place: string, text: string): Promise<Uint8Array> {
    const key = await this.keyOf(owner);
    if (!key) throw new StreamErased('The key that should seal this text was destroyed.');
    return sealBox(key, Buffer.from(text, 'utf8'), associatedText(place));
  }

  /** Undefined when the owner's key was destroyed. */
  async openText(owner: string, place: string, box: Uint8Array): Promise<string | undefined> {
    const key = await this.keyOf(owner);
    return key && Buffer.from(openBox(key, box, associatedText(place))).toString('utf8');
  }

  /** HMAC-SHA-256 under a secret of this ledger that is made on first use: the same on every node. */
  async hmac(secret: string, text: string): Promise<Buffer> {
    const owner = `secret:${secret}`;
    const key = (await this.keyOf(owner)) ?? (await this.makeKey(owner));
    return createHmac('sha256', key).update(text, 'utf8').digest();
  }

  private async keyOf(owner: string): Promise<KeyObject | undefined> {
    const cached = this.keys.get(owner);
    if (cached && cached.until > this.monotonicMs()) return cached.key;
    const readMs = this.monotonicMs();
    const stored = await this.store.get(owner);
    const key = stored && (await this.unwrap(owner, stored));
    if (key) return this.remember(owner, key, readMs);
    this.keys.delete(owner);
    return undefined;
  }

  /** A rotation may have wrapped it again, and destroyed the version that wrapped it, since it was read. */
  private async unwrap(owner: string, { wrapped, epoch }: WrappedKey): Promise<Uint8Array | undefined> {
    try {
      return await this.root.unwrap(wrapped, owner, epoch);
    } catch (error) {
      const now = await this.store.get(owner);
      if (now?.epoch === epoch) throw error;
      return now && this.root.unwrap(now.wrapped, owner, now.epoch);
    }
  }

  /** Tried again where a rotation destroyed the version meanwhile: a transit service wraps with the newest. */
  private async makeKey(owner: string, stream?: StreamName): Promise<KeyObject> {
    const bytes = randomBytes(32);
    const readMs = this.monotonicMs();
    const put = async () => this.store.putIfAbsent(owner, await this.root.wrap(bytes, owner), stream);
    const stands = (await put()) ?? (await put());
    if (!stands && (await this.store.erasedStreamsOf(owner)).length > 0)
      throw new StreamErased('The key that should seal this was destroyed.');
    if (!stands) throw new Error('A newer version of the root key is in use: restart this server with it.');
    const key = await this.unwrap(owner, stands);
    if (!key) throw new StreamErased('The key that should seal this was destroyed.');
    return this.remember(owner, key, readMs);
  }

  private async map(stream: StreamName, owner: string): Promise<void> {
    await this.store.mapStream(stream, owner);
    if (this.mapped.size >= MAX_CACHED_KEYS) this.mapped.clear();
    this.mapped.add(stream);
  }

  /** The minute counts from before the store was asked: it may have been destroyed while the answer was on its way. */
  private remember(owner: string, bytes: Uint8Array, readMs: number): KeyObject {
    const key = createSecretKey(bytes);
    if (this.keys.size >= MAX_CACHED_KEYS) this.keys.clear();
    this.keys.set(owner, { key, until: readMs + KEY_CACHE_MS });
    return key;
  }
}

/** Names of streams are hashed once, not at every event. */
const labels = remembered((stream) => labelOf(stream as StreamName));

/** Associated data `label[32] ‖ uint64be(revision)`: a body cannot be moved to another event. */
function streamCipher(stream: StreamName, key: KeyObject): StreamCipher {
  const label = labels(stream);
  const associated = (revision: number) => sealingContext(label, revision);
  return {
    seal: (revision, plain) => sealBox(key, plain, associated(revision)),
    open: (revision, body) => openBox(key, body, associated(revision)),
  };
}

function associatedText(place: string): Buffer {
  return Buffer.from(`sillage/read/1 ${place}`, 'utf8');
}
