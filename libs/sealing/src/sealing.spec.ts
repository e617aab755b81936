import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { streamName, type Instant } from '#decider';
import { EventCodec, Ledger, openDatabase, SqliteEventStore, StreamErased } from '#event-store';
import type { KeyStore, WrappedKey } from './key-store.js';
import { SqliteKeyStore } from './sqlite-key-store.js';
import { FileRootKey } from './root-key.js';
import { labelBytes, labelOf } from '#transparency';
import { ownerOf, Sealing } from './sealing.js';

const ANNE = streamName('person', '00000000-0000-4000-8000-00000000000a');
const BRUNO = streamName('person', '00000000-0000-4000-8000-00000000000b');
const plain = Buffer.from('{"names":"Anne"}');

let folder: string;
let keys: SqliteKeyStore;
let root: FileRootKey;
let nowMs: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-sealing-'));
  keys = SqliteKeyStore.open(join(folder, 'keys.db'));
  root = FileRootKey.open(join(folder, 'root.key'));
  nowMs = 0;
});
afterEach(async () => {
  await keys.close();
  rmSync(folder, { recursive: true });
});

/** A node of its own: it shares the key store and the root key, not the cache. */
function node(store: KeyStore = keys): Sealing {
  return new Sealing(store, root, () => nowMs);
}

/** The key store, but for these. */
function withThese(these: Partial<KeyStore>): KeyStore {
  return Object.assign(Object.create(keys) as KeyStore, these);
}

function destroyKey(owner: string): void {
  const db = openDatabase(join(folder, 'keys.db'));
  expect(db.prepare('DELETE FROM key WHERE owner = ?').run(owner).changes).toBe(1);
  db.close();
}

describe('a sealed stream', () => {
  it('opens on any node what was sealed on another', async () => {
    const body = (await node().cipherFor(ANNE)).seal(3, plain);
    const cipher = await node().cipherOf(ANNE);
    expect(Buffer.from(cipher!.open(3, body))).toEqual(plain);
    expect(Buffer.from(body).includes('Anne')).toBe(false);
  });

  it('opens a body at no other revision and in no other stream, even of the same person', async () => {
    const sealing = node();
    const body = (await sealing.cipherFor(ANNE)).seal(3, plain);
    const access = await sealing.cipherFor(streamName('access', ANNE.slice('person-'.length)));
    await sealing.cipherFor(BRUNO);
    expect(() => access.open(3, body)).toThrow();
    for (const [stream, revision] of [
      [ANNE, 2],
      [ANNE, 4],
      [BRUNO, 3],
    ] as const) {
      const cipher = await sealing.cipherOf(stream);
      expect(() => cipher!.open(revision, body)).toThrow();
    }
  });

  it('opens no body in which one bit was flipped, wherever it is', async () => {
    const cipher = await node().cipherFor(ANNE);
    const body = cipher.seal(0, plain);
    for (let bit = 0; bit < body.length * 8; bit++) {
      const flipped = Uint8Array.from(body);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      expect(() => cipher.open(0, flipped)).toThrow();
    }
  });

  it('opens no body that was cut', async () => {
    const cipher = await node().cipherFor(ANNE);
    const body = cipher.seal(0, plain);
    for (const length of [0, 11, 27, body.length - 1])
      expect(() => cipher.open(0, body.subarray(0, length))).toThrow();
  });

  it('never uses an initialisation vector twice, also beyond those drawn at once', async () => {
    const cipher = await node().cipherFor(ANNE);
    const vectors = Array.from({ length: 2000 }, () =>
      Buffer.from(cipher.seal(0, plain).subarray(0, 12)).toString('hex'),
    );
    expect(new Set(vectors).size).toBe(2000);
  });

  it('has its key on disk before it can be written to', async () => {
    const steps: string[] = [];
    const putIfAbsent: KeyStore['putIfAbsent'] = async (...key) => {
      const stands = await keys.putIfAbsent(...key);
      await new Promise((resolve) => setTimeout(resolve, 10));
      steps.push('key on disk');
      return stands;
    };
    await node(withThese({ putIfAbsent })).cipherFor(ANNE);
    steps.push('cipher');
    expect(steps).toEqual(['key on disk', 'cipher']);
    const elsewhere = openDatabase(join(folder, 'keys.db'), { readOnly: true });
    expect(elsewhere.prepare('SELECT owner, epoch FROM key').all()).toEqual([
      { owner: ownerOf(ANNE), epoch: 1 },
    ]);
    elsewhere.close();
  });

  it('keeps one key when several nodes write its first event at the same time', async () => {
    const ciphers = await Promise.all([node(), node(), node()].map((each) => each.cipherFor(ANNE)));
    const bodies = ciphers.map((cipher) => cipher.seal(0, plain));
    for (const cipher of ciphers)
      for (const body of bodies) expect(Buffer.from(cipher.open(0, body))).toEqual(plain);
  });

  it('is a stream about a person or an actor; others stay in clear', async () => {
    expect(
      ['person', 'access', 'actor', 'institution', 'log'].map((kind) => ownerOf(streamName(kind, '1'))),
    ).toEqual(['person:1', 'person:1', 'actor:1', undefined, undefined]);
    const clear = await node().cipherFor(streamName('catalogue'));
    expect(clear.seal(0, plain)).toBe(plain);
    expect((await node().cipherOf(streamName('catalogue')))!.open(9, plain)).toBe(plain);
  });
});

describe('the label of a stream', () => {
  it('is the hash of its name', () => {
    const expected = createHash('sha256').update(`sillage/label/1${ANNE}`).digest('hex');
    expect(Buffer.from(labelBytes(labelOf(ANNE))).toString('hex')).toBe(expected);
  });
});

describe('a key that was destroyed', () => {
  it('opens nothing any more: events, texts and streams say that they are erased', async () => {
    const before = node();
    const ledger = SqliteEventStore.open(join(folder, 'ledger.db'));
    const context = { actor: { kind: 'client', id: 'c' }, commandId: '1', correlationId: '1', digest: '' };
    const writer = new Ledger(ledger, before, { now: () => '2026-01-09T10:00:00.000Z' as Instant });
    const fold = { initial: 0, evolve: (n: number) => n + 1 };
    for (const stream of [ANNE, BRUNO])
      await writer.decide(stream, fold, context as never, () => ({
        kind: 'accepted',
        events: [{ type: 'PersonRegistered', data: { names: 'Anne' } }],
      }));
    const text = await before.sealText(ownerOf(ANNE)!, 'name/1', 'Anne');
    destroyKey(ownerOf(ANNE)!);

    const codec = new EventCodec(node(), {});
    const events = await ledger.readAll(0, 10);
    expect(await node().cipherOf(ANNE)).toBeUndefined();
    expect(await node().openText(ownerOf(ANNE)!, 'name/1', text)).toBeUndefined();
    await expect(node().sealText(ownerOf(ANNE)!, 'name/1', 'Anne')).rejects.toBeInstanceOf(StreamErased);
    await expect(codec.open(events)).rejects.toBeInstanceOf(StreamErased);
    expect((await codec.openWhatRemains(events)).map((event) => event?.stream)).toEqual([undefined, BRUNO]);
    await ledger.close();
  });

  it('is never made anew: nothing is written to a stream that was erased', async () => {
    await node().cipherFor(ANNE);
    const access = streamName('access', ANNE.slice('person-'.length));
    await node().cipherFor(access);
    const owner = ownerOf(ANNE)!;
    expect(await node().streamsOf(owner)).toEqual([access, ANNE]);
    const sealing = node();
    await sealing.erase(owner, [ANNE, access]);
    await sealing.erase(owner, [ANNE, access]);
    for (const each of [sealing, node()])
      for (const stream of [ANNE, access])
        await expect(each.cipherFor(stream)).rejects.toBeInstanceOf(StreamErased);
    expect(await sealing.erasedStreamsOf(owner)).toEqual([access, ANNE]);
    expect(await sealing.erasedStreams()).toEqual([access, ANNE]);
    expect(await sealing.streamsOf(owner)).toEqual([]);
    expect(await node().cipherFor(BRUNO)).toBeDefined();
  });

  it('is used by a node that had it for at most 60 seconds', async () => {
    const sealing = node();
    await sealing.cipherFor(ANNE);
    destroyKey(ownerOf(ANNE)!);
    nowMs = 59_999;
    expect(await sealing.cipherOf(ANNE)).toBeDefined();
    nowMs = 60_000;
    expect(await sealing.cipherOf(ANNE)).toBeUndefined();
  });
});

describe('a sealed text of a read model', () => {
  it('opens in its own place only', async () => {
    await node().cipherFor(ANNE);
    const box = await node().sealText(ownerOf(ANNE)!, 'name/1', 'Zoé');
    expect(await node().openText(ownerOf(ANNE)!, 'name/1', box)).toBe('Zoé');
    await expect(node().openText(ownerOf(ANNE)!, 'name/2', box)).rejects.toThrow();
  });
});

describe('a keyed hash', () => {
  it('is the same on every node and after a restart', async () => {
    const first = await node().hmac('names', 'martin');
    expect(await node().hmac('names', 'martin')).toEqual(first);
    await keys.close();
    keys = SqliteKeyStore.open(join(folder, 'keys.db'));
    root = FileRootKey.open(join(folder, 'root.key'));
    expect(await node().hmac('names', 'martin')).toEqual(first);
  });

  it('is the same when several nodes need its secret for the first time at once', async () => {
    const hashes = await Promise.all([node(), node(), node()].map((each) => each.hmac('names', 'martin')));
    expect(new Set(hashes.map((hash) => hash.toString('hex'))).size).toBe(1);
  });

  it('differs by secret, by text and from ledger to ledger', async () => {
    const elsewhere: Map<string, WrappedKey> = new Map();
    const other = node(
      withThese({
        get: async (owner) => elsewhere.get(owner),
        putIfAbsent: async (owner, key) => (elsewhere.set(owner, key), key),
      }),
    );
    const hashes = await Promise.all([
      node().hmac('names', 'martin'),
      node().hmac('names', 'Martin'),
      node().hmac('commands', 'martin'),
      other.hmac('names', 'martin'),
    ]);
    expect(new Set(hashes.map((hash) => hash.toString('hex'))).size).toBe(4);
  });
});
