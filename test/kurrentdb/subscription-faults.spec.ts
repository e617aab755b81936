import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { streamNameFilter } from '@eventstore/db-client';
import type { StreamName } from '#decider';
import { LedgerShortened, NO_STREAM, type KurrentEventStore, type StoredEvent } from '#event-store';
import { idsOf, newStream, samples, take } from '../contract/samples.js';
import { closeAll, errorOf, openNaive, openStore, startNode, type NaiveClient } from './naive.js';
import type { StandIn } from './stand-in/node.js';

let node: StandIn;
let store: KurrentEventStore;
let naive: NaiveClient;
const filter = streamNameFilter({ prefixes: ['person-'] });

beforeEach(async () => {
  node = await startNode();
  store = await openStore(node.url);
  naive = openNaive(node.url);
});
afterEach(closeAll);

function follow(after: number, count: number): Promise<StoredEvent[]> {
  return take(store.subscribe(after, new AbortController().signal), (events) => events.length >= count);
}

async function write(stream: StreamName, from: number, count: number): Promise<StoredEvent[]> {
  await store.append(stream, samples(stream, from, count), from - 1);
  return [...(await store.read(stream, from, count))];
}

const subscriptions = () => node.calls.filter((call) => call === 'subscribe').length;

const at = ({ position }: StoredEvent) => ({ commit: BigInt(position), prepare: BigInt(position) });

/** What a naive subscription delivers, until it says that it has caught up; or until it is told to stop. */
async function naively(fromPosition: ReturnType<typeof at>, stop?: AbortSignal): Promise<string[]> {
  const ids: string[] = [];
  const subscription = naive.subscribeToAll({ fromPosition, filter });
  subscription.on('error', () => {});
  const ended = new Promise<void>((resolve) => {
    if (stop) stop.addEventListener('abort', () => resolve());
    else subscription.on('caughtUp', () => resolve());
  });
  subscription.on('data', ({ event }) => ids.push(event!.id));
  await ended;
  await subscription.unsubscribe();
  return ids;
}

describe('a subscription that resumes after a scavenge', () => {
  it('delivers the next event, which the naive use loses without a word', async () => {
    const [erased, kept] = [newStream(), newStream()];
    const [checkpoint] = await write(erased, 0, 1);
    const rest = await write(kept, 0, 3);
    await naive.tombstoneStream(erased);
    node.log.scavenge();
    const tombstones = node.log.records.filter(({ type }) => type === '$streamDeleted').map(({ id }) => id);
    expect(await naively(at(checkpoint!))).toEqual([...idsOf(rest.slice(1)), ...tombstones]);
    expect(idsOf(await follow(checkpoint!.position, 3))).toEqual(idsOf(rest));
  });
});

describe('a subscription that is ahead of a restored ledger', () => {
  it('is refused, where the naive use is told that it has caught up and misses what comes', async () => {
    const stream = newStream();
    const [first, , checkpoint] = await write(stream, 0, 3);
    node.log.restoreTo(first!.position);
    const [missed] = await write(stream, 1, 1);
    expect(await naively(at(checkpoint!))).not.toContain(missed!.id);
    expect(await errorOf(follow(checkpoint!.position, 1))).toBeInstanceOf(LedgerShortened);
  });

  it('is refused too when the ledger has grown again since it was restored', async () => {
    const stream = newStream();
    const [first, , checkpoint] = await write(stream, 0, 3);
    node.log.restoreTo(first!.position);
    await write(stream, 1, 5);
    expect(node.log.knows(checkpoint!.position)).toBe(false);
    expect(await store.end()).toBeGreaterThan(checkpoint!.position);
    expect(await errorOf(follow(checkpoint!.position, 1))).toBeInstanceOf(LedgerShortened);
  });

  it('is refused too when the ledger is restored while it waits', async () => {
    const stream = newStream();
    const events = await write(stream, 0, 3);
    const start = 0;
    const seen: string[] = [];
    const following = errorOf(
      take(store.subscribe(start, new AbortController().signal), (received) => {
        seen.splice(0, seen.length, ...idsOf(received));
        return false;
      }),
    );
    while (seen.length < 3) await sleep(5);
    node.log.restoreTo(events[0]!.position);
    node.dropSubscriptions();
    expect(await following).toBeInstanceOf(LedgerShortened);
  });
});

describe('a subscription that is cut off', () => {
  const cuts: readonly (readonly [string, () => void])[] = [
    ['with an error', () => node.dropSubscriptions()],
    ['without an error', () => node.endSubscriptions()],
  ];

  it.each(cuts)('%s goes on and misses nothing', async (_, cut) => {
    const stream = newStream();
    const start = await store.end();
    const received = follow(start, 60);
    for (let round = 0; round < 6; round++) {
      await write(stream, round * 10, 10);
      const subscribed = subscriptions();
      cut();
      // Anew, and not only by looking from time to time.
      while (subscriptions() === subscribed) await sleep(5);
    }
    expect((await received).map(({ revision }) => revision)).toEqual(Array.from({ length: 60 }, (_, i) => i));
  });

  it.each(cuts)('%s stays dead in the naive use', async (_, cut) => {
    const stream = newStream();
    const [first] = await write(stream, 0, 1);
    const stop = new AbortController();
    const received = naively(at(first!), stop.signal);
    while (!node.calls.includes('subscribe')) await sleep(5);
    const before = await write(stream, 1, 1);
    cut();
    await write(stream, 2, 2);
    // Long enough for a subscription of the store to hear of it.
    await follow(first!.position, 3);
    stop.abort();
    expect(idsOf(before)).toEqual(await received);
  });

  it('is not cut off for being slow, where the naive use is', async () => {
    const stream = newStream();
    const start = await store.end();
    node.patience = 10;
    const slow = follow(start, 400).then((events) => events.length);
    const dropped = errorOf(
      (async () => {
        const subscription = naive.subscribeToAll({ filter, fromPosition: 'end' });
        for await (const _ of subscription) await sleep(20);
      })(),
    );
    while (subscriptions() < 2) await sleep(5);
    const body = Buffer.alloc(20_000, 'x');
    for (let at = 0; at < 400; at += 40) {
      const page = samples(stream, at, 40).map((event) => ({ ...event, body }));
      await store.append(stream, page, at - 1);
    }
    expect(await slow).toBe(400);
    expect(String(await dropped)).toContain('Consumer too slow');
  }, 30_000);

  it('ends at once when it is told to while the server does not answer', async () => {
    const stop = new AbortController();
    const batches = store.subscribe(0, stop.signal);
    node.isFrozen = true;
    const ended = take(batches, () => false);
    await sleep(20);
    stop.abort();
    expect(await ended).toEqual([]);
  });
});

describe('a wake-up that never comes', () => {
  it('delays a subscription and no more', async () => {
    const stream = newStream();
    const start = await store.end();
    const received = follow(start, 2);
    await write(stream, 0, 1);
    await sleep(50);
    // The live subscription hangs: it neither delivers nor ends.
    node.log.mute();
    await store.append(stream, samples(stream, 1, 1), NO_STREAM + 1);
    expect(await received).toHaveLength(2);
  }, 10_000);
});
