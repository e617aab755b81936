import { createHmac, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { streamKey, streamKind, type StreamName } from '#decider';
import { StreamErased, type Sealer, type StreamCipher } from '#event-store';
import { remembered } from '#time';
import { labelOf, sealingContext } from '#transparency';
import { openBox, sealBox } from './aead.js';
import type { KeyStore } from './key-store.js';
import type { RootKey } from './root-key.js';

/** The longest time that a node goes on using a key that another node may have destroyed. */
const KEY_CACHE_MS = 60_000;
const MAX_CACHED_KEYS = 50_000;
/** Whose key seals each kind of stream; null: it stays in clear. A kind that is not listed is refused. */
const OWNERS: Readonly<Record<string, 'person' | 'actor' | null>> = {
  person: 'person',
  access: 'person',
  actor: 'actor',
  institution: null,
  commission: null,
  catalogue: null,
  audit: null,
  search: null,
  erasures: null,
  log: null,
};

const CLEAR: StreamCipher = { seal: (_, plain) => plain, open: (_, body) => body };

/**
 * Whose key seals a stream: `person:<id>`, `actor:<id>`; undefined for a stream in clear.
 * @throws for a kind of stream of which nobody said whether it is sealed: nothing is left in clear by default
 */
export function ownerOf(stream: StreamName): string | undefined {
  const owner = OWNERS[streamKind(stream)];
  if (owner === undefined)
    throw new Error(`Nobody said whether streams of kind ${streamKind(stream)} are sealed.`);
  return owner === null ? undefined : `${owner}:${streamKey(stream)}`;
}

/** Each person's data under their own key, so that destroying the key erases every copy of it. */
export class Sealing implements Sealer {
  private readonly keys = new Map<string, { key: KeyObject; until: number }>();
  /** Streams that the key store is known to have mapped to their owner. */
  private readonly mapped = new Set<StreamName>();

  constructor(
    private readonly store: KeyStore,
    private readonly root: RootKey,
    private readonly monotonicMs: () => number = () => performance.now(),
  ) {}

  async cipherOf(stream: StreamName): Promise<StreamCipher | undefined> {
    const owner = ownerOf(stream);
    if (owner === undefined) return CLEAR;
    const key = await this.keyOf(owner);
    return key && streamCipher(stream, key);
  }

  async cipherFor(stream: StreamName): Promise<StreamCipher> {
    const owner = ownerOf(stream);
    if (owner === undefined) return CLEAR;
    const key = (await this.keyOf(owner)) ?? (await this.makeKey(owner, stream));
    if (!this.mapped.has(stream)) await this.map(stream, owner);
    return streamCipher(stream, key);
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
    this.keys.delete(owner);
    for (const stream of streams) this.mapped.delete(stream);
  }

  /** Streams that were sealed under the owner's key, which was destroyed; none while it stands. */
  erasedStreamsOf(owner: string): Promise<readonly StreamName[]> {
    return this.store.erasedStreamsOf(owner);
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
    const stored = await this.store.get(owner);
    if (!stored) {
      this.keys.delete(owner);
      return undefined;
    }
    return this.remember(owner, await this.root.unwrap(stored.wrapped, owner, stored.epoch));
  }

  private async makeKey(owner: string, stream?: StreamName): Promise<KeyObject> {
    const wrapped = await this.root.wrap(randomBytes(32), owner);
    const stands = await this.store.putIfAbsent(owner, { epoch: this.root.epoch, wrapped }, stream);
    if (!stands && (await this.store.erasedStreamsOf(owner)).length > 0)
      throw new StreamErased('The key that should seal this was destroyed.');
    if (!stands) throw new Error('A newer version of the root key is in use: restart this server with it.');
    return this.remember(owner, await this.root.unwrap(stands.wrapped, owner, stands.epoch));
  }

  private async map(stream: StreamName, owner: string): Promise<void> {
    await this.store.mapStream(stream, owner);
    if (this.mapped.size >= MAX_CACHED_KEYS) this.mapped.clear();
    this.mapped.add(stream);
  }

  private remember(owner: string, bytes: Uint8Array): KeyObject {
    const key = createSecretKey(bytes);
    if (this.keys.size >= MAX_CACHED_KEYS) this.keys.clear();
    this.keys.set(owner, { key, until: this.monotonicMs() + KEY_CACHE_MS });
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
