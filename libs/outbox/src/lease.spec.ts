import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { asId, type Recorded } from '#decider';
import { Ledger, OutcomeUnknown, SqliteEventStore } from '#event-store';
import type { Sealing } from '#sealing';
import { instantOf } from '#time';
import type { DeliveryId, Settled } from './deliveries.js';
import { Lease, OUTBOX, type OutboxServed } from './lease.js';

const LEASE_MS = 60_000;

let folder: string;
let file: SqliteEventStore;
let isShared: boolean;
let elapsedMs: number;
/** By the clocks of all nodes. */
let nowMs: number;
/** Comes between a node and its store. */
let calling: (name: string) => Promise<unknown>;
let nodes: Node[];

/** One of several nodes: it follows the ledger when the test says so. */
class Node {
  readonly heard: Settled[] = [];
  readonly lease: Lease;
  private position = 0;

  constructor(private readonly ledger: Ledger) {
    const report = (fault: Error) => {
      throw fault;
    };
    this.lease = new Lease({ ledger, position: () => this.position, report });
  }

  async follow(): Promise<void> {
    for (const stored of await this.ledger.store.readAll(this.position, 500)) {
      const [event] = await this.ledger.codec.open([stored]);
      this.heard.push(...this.lease.hear(event as Recorded<OutboxServed>));
      this.position = stored.position;
    }
  }
}

function startNode(): Node {
  const store = new Proxy(file, {
    get: (target, name) => {
      if (name === 'removesAtOnce') return !isShared;
      const value = Reflect.get(target, name) as unknown;
      if (typeof value !== 'function') return value;
      return async (...args: unknown[]) => {
        const answer: unknown = name === 'head' ? await Reflect.apply(value, target, args) : undefined;
        await calling(String(name));
        return answer ?? Reflect.apply(value, target, args);
      };
    },
  });
  const clear = {
    seal: (_: unknown, plain: Uint8Array) => plain,
    open: (_: unknown, body: Uint8Array) => body,
  };
  const sealer = { cipherFor: async () => clear, cipherOf: async () => clear } as unknown as Sealing;
  const node = new Node(new Ledger(store, sealer, { now: () => instantOf(nowMs) }));
  nodes.push(node);
  return node;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-lease-'));
  file = SqliteEventStore.open(join(folder, 'ledger.db'));
  [isShared, elapsedMs, nowMs, nodes] = [true, 0, Date.parse('2026-02-20T09:00:00Z'), []];
  calling = async () => {};
  jest.spyOn(performance, 'now').mockImplementation(() => elapsedMs);
});
afterEach(async () => {
  for (const { lease } of nodes) await lease.close();
  jest.restoreAllMocks();
  await file.close();
  rmSync(folder, { recursive: true });
});

const words = async () => (await file.readAll(0, 500)).length;
const allFollow = () => Promise.all(nodes.map((node) => node.follow()));
const settled = (n: number): Settled => ({
  delivery: asId<'Delivery'>(`0190a5c2-7b7e-4d3f-9b1a-00000000000${n}`) as DeliveryId,
  state: 'delivered',
  attempts: 1,
  nextTryMs: null,
  lastError: null,
});

describe('the lease of the outbox', () => {
  test('goes to one of several nodes that have something due at once', async () => {
    const three = [startNode(), startNode(), startNode()];
    const held = await Promise.all(three.map(({ lease }) => lease.hold()));
    expect(held.filter(Boolean)).toHaveLength(1);
    expect(three.map(({ lease }) => lease.isHeld)).toEqual(held);
    await allFollow();
    expect(await Promise.all(three.map(({ lease }) => lease.hold()))).toEqual(held);
    expect(await words()).toBe(1);
  });

  test('is prolonged while there is something to do, and only then written again', async () => {
    const node = startNode();
    for (const [ms, expected] of [
      [0, 1],
      [LEASE_MS / 2 - 1, 1],
      [LEASE_MS / 2, 2],
      [LEASE_MS - 1, 2],
      [2 * LEASE_MS, 3],
    ] as const) {
      elapsedMs = ms;
      expect(await node.lease.hold()).toBe(true);
      expect(await words()).toBe(expected);
    }
  });

  test('gives no leave to begin near its end', async () => {
    const node = startNode();
    await node.lease.hold();
    elapsedMs = LEASE_MS * 0.75 - 1;
    expect(node.lease.isHeld).toBe(true);
    elapsedMs = LEASE_MS * 0.75;
    expect(node.lease.isHeld).toBe(false);
  });

  test('passes on when its holder is not heard of any more, and stays with the new one', async () => {
    const [killed, next] = [startNode(), startNode()];
    await killed.lease.hold();
    await allFollow();
    elapsedMs = LEASE_MS - 1;
    expect(await next.lease.hold()).toBe(false);
    elapsedMs = LEASE_MS;
    expect(await next.lease.hold()).toBe(true);
    expect(killed.lease.isHeld).toBe(false);
    expect(await killed.lease.hold()).toBe(false);
    await allFollow();
    elapsedMs += LEASE_MS / 4;
    expect(await killed.lease.hold()).toBe(false);
    expect(await next.lease.hold()).toBe(true);
  });

  test('passes on at once when its holder leaves', async () => {
    const [leaving, next] = [startNode(), startNode()];
    await leaving.lease.hold();
    await leaving.lease.close();
    await allFollow();
    expect(leaving.lease.isHeld).toBe(false);
    expect(await next.lease.hold()).toBe(true);
  });

  test('is waited for by a node that starts, which has not heard its holder', async () => {
    const holder = startNode();
    await holder.lease.hold();
    const starting = startNode();
    await starting.follow();
    const restarted = startNode();
    Object.assign(restarted, { position: await file.end() });
    expect(await starting.lease.hold()).toBe(false);
    expect(await restarted.lease.hold()).toBe(false);
    elapsedMs = LEASE_MS;
    expect(await restarted.lease.hold()).toBe(true);
  });

  test('is free where its last word is old, and no clock makes anybody wait for longer than a lease', async () => {
    const holder = startNode();
    await holder.lease.hold();
    nowMs += LEASE_MS;
    const later = startNode();
    await later.follow();
    expect(await later.lease.hold()).toBe(true);
    nowMs -= 300 * LEASE_MS;
    const behind = startNode();
    await behind.follow();
    expect(await behind.lease.hold()).toBe(false);
    elapsedMs = LEASE_MS;
    expect(await behind.lease.hold()).toBe(true);
  });

  test('is not taken by a node that has not followed everything', async () => {
    const [holder, behind] = [startNode(), startNode()];
    await holder.lease.hold();
    await holder.lease.close();
    expect(await behind.lease.hold()).toBe(false);
    await behind.follow();
    expect(await behind.lease.hold()).toBe(true);
  });

  test('is not taken by a node that hears of another one while it looks', async () => {
    const [gone, holder, looking] = [startNode(), startNode(), startNode()];
    await gone.lease.hold();
    await gone.lease.close();
    await allFollow();
    await holder.lease.hold();
    calling = async (name) => {
      if (name === 'head') await looking.follow();
    };
    expect(await looking.lease.hold()).toBe(false);
    expect(await words()).toBe(3);
  });

  test('is taken from its holder by a node that somebody asked', async () => {
    const [holder, asked] = [startNode(), startNode()];
    await holder.lease.hold();
    await allFollow();
    asked.lease.want();
    expect(await asked.lease.hold()).toBe(true);
    await allFollow();
    expect(holder.lease.isHeld).toBe(false);
    expect(await holder.lease.hold()).toBe(false);
    expect(await asked.lease.hold()).toBe(true);
  });

  test('tells other nodes what was settled, once', async () => {
    const [holder, other] = [startNode(), startNode()];
    await holder.lease.hold();
    holder.lease.tell(settled(1));
    holder.lease.tell(settled(2));
    elapsedMs = LEASE_MS / 2;
    await holder.lease.hold();
    holder.lease.tell(settled(3));
    await holder.lease.close();
    await allFollow();
    expect(other.heard).toEqual([settled(1), settled(2), settled(3)]);
    expect(holder.heard).toEqual([]);
    expect(await words()).toBe(3);
  });

  test('that was lost says nothing of what was settled under it', async () => {
    const [slow, next] = [startNode(), startNode()];
    await slow.lease.hold();
    slow.lease.tell(settled(1));
    await allFollow();
    elapsedMs = LEASE_MS;
    await next.lease.hold();
    await slow.follow();
    next.lease.tell(settled(2));
    await next.lease.close();
    await allFollow();
    await slow.lease.hold();
    await slow.lease.close();
    await allFollow();
    expect(next.heard).toEqual([]);
    expect(slow.heard).toEqual([settled(2)]);
  });

  test('is taken anew after an append whose outcome nobody knows', async () => {
    const node = startNode();
    await node.lease.hold();
    elapsedMs = LEASE_MS / 2;
    calling = async (name) => {
      if (name === 'append') throw new OutcomeUnknown('The line was cut.');
    };
    await expect(node.lease.hold()).rejects.toThrow('The line was cut.');
    expect(node.lease.isHeld).toBe(false);
    calling = async () => {};
    await node.follow();
    expect(await node.lease.hold()).toBe(true);
  });

  test('is always held where one process has the ledger, and nothing is written', async () => {
    isShared = false;
    const node = startNode();
    expect(node.lease.isHeld).toBe(true);
    expect(await node.lease.hold()).toBe(true);
    node.lease.tell(settled(1));
    await node.lease.close();
    expect(await words()).toBe(0);
    expect(await file.head(OUTBOX)).toBeUndefined();
  });
});
