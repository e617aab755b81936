import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { streamName } from '#decider';
import type { KeyStore, OwnedKey, WrappedKey } from '#sealing';

const ANNE = 'person:1';
const BRUNO = 'person:2';
const STREAM = streamName('person', '1');
const ACCESS = streamName('access', '1');
const wrapped = (epoch: number, ...bytes: number[]): WrappedKey => ({
  epoch,
  wrapped: Uint8Array.from(bytes),
});
const first = wrapped(1, 1, 2, 3);
const second = wrapped(1, 4, 5, 6);

const plain = (key: WrappedKey | undefined) => key && { epoch: key.epoch, bytes: [...key.wrapped] };
const again = async ({ wrapped: bytes }: OwnedKey): Promise<WrappedKey> => wrapped(2, ...bytes, 9);

type Open = () => Promise<KeyStore>;

/** What every key store keeps, whatever it is made of. `open` opens the same store once more, as another node does. */
export function keyStoreContract(name: string, open: Open): void {
  describe(`${name}: keys`, () => keysContract(open));
  describe(`${name}: an erasure`, () => erasureContract(open));
  describe(`${name}: a rotation`, () => rotationContract(open));
}

/** One key store as two nodes have it open. */
function twoNodes(open: Open): { keys: KeyStore; other: KeyStore } {
  const nodes = {} as { keys: KeyStore; other: KeyStore };
  beforeEach(async () => {
    nodes.keys = await open();
    nodes.other = await open();
  });
  afterEach(async () => {
    await nodes.keys.close();
    await nodes.other.close();
  });
  return nodes;
}

function keysContract(open: Open): void {
  const node = twoNodes(open);

  it('are kept as they were made first, and shown to another node at once', async () => {
    const { keys, other } = node;
    expect(plain(await keys.putIfAbsent(ANNE, first))).toEqual(plain(first));
    expect(plain(await other.putIfAbsent(ANNE, second))).toEqual(plain(first));
    expect(plain(await other.get(ANNE))).toEqual(plain(first));
    expect(await keys.get(BRUNO)).toBeUndefined();
  });

  it('are told page by page, in the order of their owners', async () => {
    const { keys } = node;
    const owners = Array.from({ length: 150 }, (_, i) => `${'aB'[i % 2]}é:${i}`);
    for (const owner of owners) await keys.putIfAbsent(owner, first);
    const told: string[] = [];
    for (let page = await keys.keysAfter(''); page.length > 0; page = await keys.keysAfter(told.at(-1)!))
      told.push(...page.map(({ owner }) => owner));
    const bytes = (text: string) => Buffer.from(text).toString('hex');
    expect(told).toEqual(owners.toSorted((a, b) => (bytes(a) < bytes(b) ? -1 : 1)));
  });

  it('are there when the store is opened again', async () => {
    const { keys } = node;
    expect(await keys.sample()).toBeUndefined();
    await keys.putIfAbsent(ANNE, first, STREAM);
    const reopened = await open();
    expect(await reopened.sample()).toMatchObject({ owner: ANNE, epoch: 1 });
    expect(await reopened.streamsOf(ANNE)).toEqual([STREAM]);
    await reopened.close();
  });

  it('are one where several nodes make one for the same owner at once', async () => {
    const { keys, other } = node;
    for (let round = 0; round < 20; round++) {
      const made = await Promise.all(
        [keys, other, keys, other].map((node, i) =>
          node.putIfAbsent(`person:r${round}`, wrapped(1, round, i)),
        ),
      );
      const stands = plain(await keys.get(`person:r${round}`));
      for (const one of made) expect(plain(one)).toEqual(stands);
    }
  });

  it('tell which streams they seal', async () => {
    const { keys, other } = node;
    await keys.mapStream(STREAM, ANNE);
    expect(await keys.streamsOf(ANNE)).toEqual([]);
    await keys.putIfAbsent(ANNE, first, STREAM);
    await other.mapStream(ACCESS, ANNE);
    await other.mapStream(ACCESS, ANNE);
    await keys.putIfAbsent(BRUNO, second, streamName('person', '2'));
    expect(await keys.streamsOf(ANNE)).toEqual([ACCESS, STREAM]);
    expect(await keys.sealedStreams()).toEqual([ACCESS, STREAM, 'person-2']);
    expect([await other.ownerOf(ACCESS), await keys.ownerOf(streamName('person', '3'))]).toEqual([
      ANNE,
      undefined,
    ]);
  });
}

function erasureContract(open: Open): void {
  const node = twoNodes(open);

  it('lists the streams and destroys the key, on every node, and may be repeated', async () => {
    const { keys, other } = node;
    await keys.putIfAbsent(ANNE, first, STREAM);
    await keys.putIfAbsent(BRUNO, second, streamName('person', '2'));
    expect(await keys.erasedForMs(ANNE)).toBeUndefined();
    for (const node of [keys, other]) {
      await node.erase(ANNE, [STREAM, ACCESS]);
      expect(await other.get(ANNE)).toBeUndefined();
      expect(await other.streamsOf(ANNE)).toEqual([]);
      expect(await other.erasedStreamsOf(ANNE)).toEqual([ACCESS, STREAM]);
      expect(await other.erasedStreams()).toEqual([ACCESS, STREAM]);
      expect(await other.ownerOf(ACCESS)).toBe(ANNE);
    }
    expect(plain(await other.get(BRUNO))).toEqual(plain(second));
    expect(await other.erasedStreamsOf(BRUNO)).toEqual([]);
  });

  it('tells for how long the key has been gone, from the first time on', async () => {
    const { keys, other } = node;
    await keys.putIfAbsent(ANNE, first, STREAM);
    await keys.erase(ANNE, [STREAM]);
    const before = (await keys.erasedForMs(ANNE))!;
    await new Promise((resolve) => setTimeout(resolve, 30));
    await keys.erase(ANNE, [STREAM]);
    expect((await other.erasedForMs(ANNE))!).toBeGreaterThanOrEqual(before + 25);
  });

  it('lets nobody make a key or map a stream for that owner again', async () => {
    const { keys, other } = node;
    await keys.putIfAbsent(ANNE, first, STREAM);
    await keys.erase(ANNE, [STREAM]);
    expect(await other.putIfAbsent(ANNE, second, ACCESS)).toBeUndefined();
    await other.mapStream(ACCESS, ANNE);
    expect(await keys.get(ANNE)).toBeUndefined();
    expect(await keys.streamsOf(ANNE)).toEqual([]);
  });

  it('wins over keys that are made for the owner at the same time', async () => {
    const { keys, other } = node;
    for (let round = 0; round < 20; round++) {
      const owner = `person:e${round}`;
      await keys.putIfAbsent(owner, first);
      const makers = Array.from({ length: 6 }, (_, i) =>
        (i % 2 ? keys : other).putIfAbsent(owner, wrapped(1, i), STREAM),
      );
      await Promise.all([...makers, other.erase(owner, [streamName('person', `e${round}`)])]);
      expect(await keys.get(owner)).toBeUndefined();
      expect(await keys.streamsOf(owner)).toEqual([]);
    }
  });
}

function rotationContract(open: Open): void {
  const node = twoNodes(open);

  it('puts every older key through, however many, and no younger', async () => {
    const { keys, other } = node;
    const owners = Array.from({ length: 150 }, (_, i) => `person:${i}`);
    for (const owner of owners) await keys.putIfAbsent(owner, first);
    await keys.putIfAbsent('person:young', wrapped(2, 7));
    expect(await other.rewrap(2, again)).toBe(150);
    for (const owner of owners)
      expect(plain(await keys.get(owner))).toEqual({ epoch: 2, bytes: [1, 2, 3, 9] });
    expect(plain(await keys.get('person:young'))).toEqual({ epoch: 2, bytes: [7] });
    expect(await keys.rewrap(2, again)).toBe(0);
  });

  it('that is cut off goes on where it was', async () => {
    const { keys, other } = node;
    for (let i = 0; i < 100; i++) await keys.putIfAbsent(`person:${i}`, first);
    let left = 70;
    const cut = async (key: OwnedKey) => {
      if (left-- === 0) throw new Error('cut off');
      return again(key);
    };
    await expect(keys.rewrap(2, cut)).rejects.toThrow('cut off');
    const more = await other.rewrap(2, again);
    expect(more).toBeGreaterThan(0);
    expect(more).toBeLessThan(100);
    for (let i = 0; i < 100; i++)
      expect(plain(await keys.get(`person:${i}`))).toEqual({ epoch: 2, bytes: [1, 2, 3, 9] });
  });

  it('takes no older key any more, not even one that is on its way', async () => {
    const { keys, other } = node;
    await keys.putIfAbsent(ANNE, first);
    const late: Promise<unknown>[] = [];
    const meanwhile = async (key: OwnedKey) => {
      late.push(other.putIfAbsent(BRUNO, second));
      return again(key);
    };
    await keys.rewrap(2, meanwhile);
    expect(await Promise.all(late)).toEqual([undefined]);
    expect(await other.putIfAbsent(BRUNO, second)).toBeUndefined();
    expect(plain(await other.putIfAbsent(BRUNO, wrapped(2, 5)))).toEqual({ epoch: 2, bytes: [5] });
  });

  it('leaves no older key behind while other nodes go on making them', async () => {
    const { keys, other } = node;
    for (let round = 2; round < 8; round++) {
      const makers = Array.from({ length: 20 }, (_, i) =>
        (i % 2 ? keys : other).putIfAbsent(`person:${round}.${i}`, wrapped(round - 1, i)),
      );
      await keys.rewrap(round, async ({ wrapped: bytes }) => wrapped(round, ...bytes));
      await Promise.all(makers);
      for (let i = 0; i < 20; i++) {
        const key = await other.get(`person:${round}.${i}`);
        expect(key?.epoch ?? round).toBe(round);
      }
    }
  });
}
