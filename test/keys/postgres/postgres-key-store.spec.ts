import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { streamName } from '#decider';
import { StreamErased } from '#event-store';
import { FileRootKey, KeysUnavailable, ownerOf, PostgresKeyStore, rotateRootKey, Sealing } from '#sealing';
import { openKeys } from '../../../apps/api/src/index.js';
import { keyStoreContract } from '../key-store.contract.js';
import { PostgresServer } from './server.js';

const ANNE = streamName('person', '00000000-0000-4000-8000-00000000000a');
const plain = Buffer.from('{"names":"Anne"}');

let folder: string;
let server: PostgresServer;
let url: string;
let database: string;
let count = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-pg-keys-'));
  server = await PostgresServer.start();
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  database = `keys${++count}`;
  url = await server.database(database);
});

const open = async () => (await PostgresKeyStore.open(url))!;
const place = (name: string) => ({ keysDir: mkdtempSync(join(folder, `${name}-`)), keysUrl: url });

keyStoreContract('in PostgreSQL', open);

describe('several nodes with their keys in PostgreSQL', () => {
  let nowMs: number;
  let stores: PostgresKeyStore[];
  let root: FileRootKey;
  beforeEach(async () => {
    nowMs = 0;
    root = FileRootKey.open(join(folder, `${database}.key`));
    stores = [await open(), await open(), await open()];
  });
  const nodes = () => stores.map((store) => new Sealing(store, root, () => nowMs));
  const close = () => Promise.all(stores.map((store) => store.close()));

  it('make one key for a person whom they meet at the same time', async () => {
    const ciphers = await Promise.all(nodes().map((node) => node.cipherFor(ANNE)));
    const bodies = ciphers.map((cipher) => cipher.seal(0, plain));
    for (const cipher of ciphers)
      for (const body of bodies) expect(Buffer.from(cipher.open(0, body))).toEqual(plain);
    expect(await server.run(database, 'SELECT owner FROM key')).toEqual([{ owner: ownerOf(ANNE) }]);
    await close();
  });

  it('refuse a key that one of them destroyed: the others after 60 seconds at most', async () => {
    const [one, two, three] = nodes() as [Sealing, Sealing, Sealing];
    const sealed = (await one.cipherFor(ANNE)).seal(0, plain);
    nowMs = 30_000;
    await two.cipherOf(ANNE);
    await one.erase(ownerOf(ANNE)!, [ANNE]);
    expect(await one.cipherOf(ANNE)).toBeUndefined();
    expect(await three.cipherOf(ANNE)).toBeUndefined();
    nowMs = 89_999;
    expect(Buffer.from((await two.cipherOf(ANNE))!.open(0, sealed))).toEqual(plain);
    nowMs = 90_000;
    expect(await two.cipherOf(ANNE)).toBeUndefined();
    for (const node of [one, two, three])
      await expect(node.cipherFor(ANNE)).rejects.toBeInstanceOf(StreamErased);
    expect(await two.cachedElsewhereMs(ownerOf(ANNE)!)).toBeGreaterThan(0);
    await server.run(database, `UPDATE destroyed SET at = at - interval '60 seconds'`);
    expect(await two.cachedElsewhereMs(ownerOf(ANNE)!)).toBe(0);
    await close();
  });

  it('rotate the root key and destroy the version that wrapped', async () => {
    const sealed = (await nodes()[0]!.cipherFor(ANNE)).seal(0, plain);
    expect(await rotateRootKey(root, stores[1]!)).toEqual({ epoch: 2, keys: 1 });
    root = FileRootKey.open(join(folder, `${database}.key`));
    expect(Buffer.from((await nodes()[2]!.cipherOf(ANNE))!.open(0, sealed))).toEqual(plain);
    await close();
  });
});

describe('a key store in PostgreSQL', () => {
  it('wraps again a key that was on its way when the rotation began', async () => {
    const store = await open();
    const held = await server.hold(database, `INSERT INTO key VALUES ('person:1', 1, '')`);
    const put = store.putIfAbsent('person:1', { epoch: 1, wrapped: Buffer.of(1) });
    await untilWaiting(1);
    let isRotated = false;
    const rotation = store
      .rewrap(2, async ({ wrapped }) => ({ epoch: 2, wrapped }))
      .finally(() => (isRotated = true));
    await untilWaiting(2, () => isRotated);
    await held.rollBack();
    await Promise.all([put, rotation]);
    expect(await store.get('person:1')).toMatchObject({ epoch: 2 });
    await store.close();
  });

  it('has every key that it acknowledged after the server was cut off', async () => {
    const store = await open();
    const owners = Array.from({ length: 40 }, (_, i) => `person:${i}`);
    await Promise.all(
      owners.map((owner, i) => store.putIfAbsent(owner, { epoch: 1, wrapped: Buffer.of(i) })),
    );
    await store.erase('person:7', [streamName('person', '7')]);
    await server.crash();
    for (const [i, owner] of owners.entries())
      expect((await store.get(owner))?.wrapped[0]).toBe(i === 7 ? undefined : i);
    expect(await store.erasedStreams()).toEqual(['person-7']);
    await store.close();
  });

  it('that is away is told in one sentence, and nothing is taken for erased', async () => {
    const store = await open();
    const root = FileRootKey.open(join(folder, `${database}.key`));
    await new Sealing(store, root).cipherFor(ANNE);
    await server.pause();
    const node = new Sealing(store, root);
    for (const attempt of [() => node.cipherOf(ANNE), () => node.cipherFor(ANNE), open])
      await expect(attempt()).rejects.toMatchObject({
        name: 'KeysUnavailable',
        message: expect.stringMatching(/^The key store in PostgreSQL does not answer[^\n]*\.$/) as unknown,
      });
    await server.resume();
    expect(await node.cipherOf(ANNE)).toBeDefined();
    await store.close();
  });

  it('waits for the disk at every change, whatever the database says', async () => {
    await server.run(database, `ALTER DATABASE "${database}" SET synchronous_commit = off`);
    const store = await open();
    await store.putIfAbsent('person:1', { epoch: 1, wrapped: Buffer.of(1) });
    await server.crash();
    expect(await store.get('person:1')).toBeDefined();
    await store.close();
    const careless = new URL(url);
    careless.searchParams.set('options', '-c synchronous_commit=off');
    await expect(PostgresKeyStore.open(careless.href)).rejects.toThrow('does not wait for its disk');
  });

  it('is refused where the server does not flush', async () => {
    const reload = async (change: string) => {
      await server.run('postgres', change);
      await server.run('postgres', 'SELECT pg_reload_conf()');
    };
    await reload('ALTER SYSTEM SET fsync = off');
    await expect(untilRefused()).resolves.toMatchObject({
      message: expect.stringContaining('does not wait for its disk') as unknown,
    });
    await reload('ALTER SYSTEM RESET fsync');
  });

  it('begins with the ledger only: an existing ledger without its keys is refused', async () => {
    await expect(openKeys(place('late'), false)).rejects.toThrow(/^The keys in PostgreSQL .* are missing/);
    const keys = await openKeys(place('first'), true);
    await keys.store.close();
  });

  it('takes one root key: a node with another is refused, though both began at once', async () => {
    const places = [place('one'), place('two')];
    const begun = await Promise.allSettled(places.map((one) => openKeys(one, true)));
    for (const one of begun) if (one.status === 'fulfilled') await one.value.store.close();
    expect(begun.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const [loser] = begun.flatMap((one, i) => (one.status === 'rejected' ? [places[i]!] : []));
    await expect(openKeys(loser!, false)).rejects.toThrow(/does not open the keys|is missing/);
  });

  it('tells no password', async () => {
    const wrong = url.replace('sillage@', 'sillage:geheim@').replace(database, 'nowhere');
    const error = await PostgresKeyStore.open(wrong).catch((thrown: unknown) => thrown as Error);
    expect(error).toBeInstanceOf(KeysUnavailable);
    expect(String((error as Error).message)).not.toContain('geheim');
  });
});

/** Until so many connections of the store wait for a lock, or there is nothing to wait for. */
async function untilWaiting(count: number, isOver = () => false): Promise<void> {
  const sql = `SELECT 1 FROM pg_stat_activity WHERE application_name = 'sillage' AND wait_event_type = 'Lock'`;
  while (!isOver() && (await server.run(database, sql)).length < count) await sleep(10);
}

/** A setting is taken over a moment after it was asked for. */
async function untilRefused(): Promise<unknown> {
  for (;;) {
    const refused = await open().then(
      (store) => store.close(),
      (error: unknown) => error,
    );
    if (refused !== undefined) return refused;
  }
}
