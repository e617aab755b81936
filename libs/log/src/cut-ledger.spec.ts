import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { copyFileSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openDatabase, SqliteEventStore } from '#event-store';
import {
  COSIGNATURE_V1,
  formatVerifierKey,
  parsePolicy,
  sha256,
  signerOf,
  type LogPolicy,
  type Policy,
} from '#transparency';
import { LogKeeper } from './keeper.js';
import { LogKeys } from './log-keys.file.js';
import { LogBox, signer } from './testing.js';
import { FileState } from './witness/state.file.js';
import { Witness } from './witness/witness.js';
import { witnessServer } from './witness/witness-server.js';

const own = signerOf('w1.example', COSIGNATURE_V1, sha256(Buffer.from('w1')));
let box: LogBox;
let keeper: LogKeeper;
let closed: LogKeeper | undefined;
let server: Server | undefined;

beforeEach(async () => {
  box = new LogBox();
  keeper = await open();
  await grow(3);
});
afterEach(async () => {
  await close();
  server?.close();
  server = undefined;
  await box.remove();
});

function open(more: { policy?: Policy | LogPolicy; remembers?: boolean } = {}): Promise<LogKeeper> {
  const { policy, remembers = true } = more;
  const shown = remembers ? new FileState(box.path('log.shown')) : undefined;
  const options = { store: box.store, clock: box.clock, path: box.path(), keys: LogKeys.of(signer), shown };
  return LogKeeper.open({ ...options, policy: policy as Policy | undefined });
}

async function close(): Promise<void> {
  if (closed !== keeper) await keeper.close();
  closed = keeper;
}

async function grow(events: number): Promise<void> {
  for (let i = 0; i < events; i++) await box.record(`${i % 3}`);
  await keeper.checkpoint();
}

/** Closes keeper and store, lets somebody work on the file, opens the store again. */
async function between(work: () => void): Promise<void> {
  await close();
  await box.store.close();
  work();
  box.store = SqliteEventStore.open(box.ledger);
}

/** Cuts the last events off, those of the log with them, as a restore of an older file does. */
function cutTail(count: number): void {
  const db = openDatabase(box.ledger);
  db.exec(`DELETE FROM event WHERE position > (SELECT max(position) FROM event) - ${count}`);
  db.close();
}

const extent = async () => [await box.store.end(), (await box.store.readAll(0, 1000)).length];

async function witnessed(): Promise<Policy> {
  const state = new FileState(box.path('witness.json'));
  server = witnessServer(new Witness({ signer: own, logs: [signer.key], state, clock: box.clock }));
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const lines = `log ${formatVerifierKey(signer.key)}\nwitness w ${formatVerifierKey(own.key)} ${url}\nquorum w\n`;
  const policy = parsePolicy(lines);
  if (!policy.ok) throw new Error(policy.reason);
  return policy.value;
}

describe('a ledger that is shorter than its log has shown', () => {
  test.each([1, 2, 3, 5])('by %i events is told, and nothing is written to it', async (count) => {
    await between(() => cutTail(count));
    const before = await extent();
    keeper = await open();
    expect(keeper.cut?.message).toMatch(/^The log of this ledger has \d+ entries and has shown 5: [^\n]*\.$/);
    await box.record('late');
    await expect(keeper.checkpoint()).rejects.toBe(keeper.cut);
    expect((await keeper.health()).fault).toBe(keeper.cut!.message);
    await close();
    expect(await extent()).toEqual(before.map((n) => n + 1));
  });

  test('is told though the projection is gone as well, and no more once its tail is back', async () => {
    const copy = box.path('whole.db');
    await between(() => copyFileSync(box.ledger, copy));
    await between(() => {
      cutTail(2);
      for (const suffix of ['', '-wal', '-shm']) rmSync(box.path() + suffix, { force: true });
    });
    keeper = await open();
    expect(keeper.cut).toBeDefined();
    await between(() => {
      for (const suffix of ['-wal', '-shm']) rmSync(box.ledger + suffix, { force: true });
      copyFileSync(copy, box.ledger);
    });
    keeper = await open();
    expect([keeper.cut, keeper.fault]).toEqual([undefined, undefined]);
    await grow(1);
    expect(keeper.publisher.published?.size).toBeGreaterThan(5);
  });

  test('is told though others were recorded in place of what was cut', async () => {
    await between(() => cutTail(3));
    keeper = await open({ remembers: false });
    await box.record('other');
    await box.record('other');
    await keeper.checkpoint();
    await close();
    keeper = await open();
    expect(keeper.cut?.message).toMatch(/^The log of this ledger does not continue its checkpoint of 5 /);
  });

  test('is told by a witness where nothing is remembered here', async () => {
    const policy = await witnessed();
    await between(() => {});
    keeper = await open({ policy });
    await grow(2);
    await between(() => cutTail(2));
    keeper = await open({ policy, remembers: false });
    expect(keeper.cut?.message).toMatch(/has shown 8: /);
  });

  test('is told by a witness that was away at first, to a server that runs already', async () => {
    const policy = await witnessed();
    await between(() => {});
    keeper = await open({ policy });
    await grow(4);
    await between(() => cutTail(6));
    const { port } = server!.address() as AddressInfo;
    server!.closeAllConnections();
    await new Promise((resolve) => server!.close(resolve));
    keeper = await open({ policy, remembers: false });
    expect(keeper.cut).toBeUndefined();
    const state = new FileState(box.path('witness.json'));
    server = witnessServer(new Witness({ signer: own, logs: [signer.key], state, clock: box.clock }));
    await new Promise<void>((resolve) => server!.listen(port, '127.0.0.1', resolve));
    await box.record('late');
    keeper.start();
    while (!keeper.cut) await keeper.waitUntil(() => keeper.cut !== undefined, 1_000);
    expect(keeper.cut.message).toMatch(/has shown 10: /);
  });

  test('is not what a crash leaves: a checkpoint that nobody was shown', async () => {
    await box.record('a');
    await between(() => {});
    keeper = await open();
    expect([keeper.cut, keeper.fault]).toEqual([undefined, undefined]);
  });
});
