import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { jsonEvent } from '@eventstore/db-client';
import { NO_STREAM, StorageFailed, StoreBusy, type KurrentEventStore } from '#event-store';
import { idsOf, newStream, samples } from '../contract/samples.js';
import { closeAll, elect, errorOf, openNaive, openStore, startCluster, startNode } from './naive.js';
import { commitTimeout } from './stand-in/faults.js';
import type { LogRecord } from './stand-in/server-log.js';
import type { StandIn } from './stand-in/node.js';

let node: StandIn;
let store: KurrentEventStore;
const SHORT = { callMs: 150, appendMs: 20_000 };

beforeEach(async () => {
  node = await startNode();
  store = await openStore(node.url, SHORT);
});
afterEach(closeAll);

async function readNaively(url: string, stream: string): Promise<number> {
  let count = 0;
  for await (const _ of openNaive(url).readStream(stream)) count++;
  return count;
}

describe('a read', () => {
  it('is answered by the leader; the naive use reads a follower that is behind', async () => {
    const [leader, follower] = await startCluster(2);
    const cluster = await openStore(leader!.url, SHORT);
    const stream = newStream();
    await cluster.append(stream, samples(stream, 0, 1), NO_STREAM);
    follower!.sees = ({ revision }) => revision < 1;
    await cluster.append(stream, samples(stream, 1, 1), 0);
    const onFollower = `esdb://${follower!.address}?tls=false`;
    expect(await readNaively(onFollower, stream)).toBe(1);
    const there = await openStore(onFollower, SHORT);
    expect(await there.read(stream, 0, 10)).toHaveLength(2);
    expect(await there.readAll(0, 10)).toHaveLength(2);
    expect((await there.head(stream))?.revision).toBe(1);
  });

  it('goes on when the node is lost for a moment', async () => {
    const stream = newStream();
    await store.append(stream, samples(stream, 0, 3), NO_STREAM);
    node.isFrozen = true;
    setTimeout(() => (node.isFrozen = false), 300);
    expect(await store.read(stream, 0, 10)).toHaveLength(3);
  });

  it('may take as long as it goes on coming', async () => {
    const stream = newStream();
    const start = await store.end();
    await store.append(stream, samples(stream, 0, 20), NO_STREAM);
    const impatient = await openStore(node.url, { callMs: 100, patienceMs: 100 });
    // Longer in all than a call may take, with its time for discovery.
    node.pauseMs = 80;
    expect(await impatient.readAll(start, 20)).toHaveLength(20);
  });

  it('finds nothing in an erased stream, whose tombstone is no event of ours', async () => {
    const [kept, erased] = [newStream(), newStream()];
    const start = await store.end();
    await store.append(kept, samples(kept, 0, 2), NO_STREAM);
    await store.append(erased, samples(erased, 0, 2), NO_STREAM);
    await openNaive(node.url).tombstoneStream(erased);
    expect(await store.read(erased, 0, 10)).toEqual([]);
    expect(await store.head(erased)).toBeUndefined();
    node.log.scavenge();
    expect(idsOf(await store.readAll(start, 10))).toEqual(idsOf(await store.read(kept, 0, 10)));
    expect(await store.end()).toBe((await store.head(kept))!.position);
  });

  it('stops at what another program wrote: nobody knows what it means', async () => {
    await openNaive(node.url).appendToStream('person-of-another', jsonEvent({ type: 'Made', data: {} }));
    await expect(store.readAll(0, 10)).rejects.toThrow('person-of-another 0 was not written by Sillage.');
    await expect(store.readAll(0, 10)).rejects.toBeInstanceOf(StorageFailed);
  });

  it('refuses positions that a number cannot hold', async () => {
    const stream = newStream();
    await store.append(stream, samples(stream, 0, 1), NO_STREAM);
    const records = node.log.records as LogRecord[];
    records.push({ ...records.at(-1)!, position: 2 ** 53 });
    await expect(store.end()).rejects.toThrow('beyond the positions that can be told apart');
  });
});

describe('the head of a stream', () => {
  it('is not taken from a leader that was deposed and does not know it yet', async () => {
    const nodes = await startCluster(2);
    const [deposed, elected] = nodes as [StandIn, StandIn];
    const cluster = await openStore(deposed.url, SHORT);
    const stream = newStream();
    await cluster.append(stream, samples(stream, 0, 1), NO_STREAM);
    // It still answers reads, without what its successor has; no quorum takes its appends.
    deposed.sees = ({ revision }) => revision < 1;
    deposed.everyAppend = commitTimeout;
    const other = await startNode(deposed.log);
    await (await openStore(other.url, SHORT)).append(stream, samples(stream, 1, 1), 0);
    expect(await readNaively(`esdb://${deposed.address}?tls=false`, stream)).toBe(1);
    setTimeout(() => elect(elected), 300);
    expect((await cluster.head(stream))?.revision).toBe(1);
  });

  it('is not told at all when no quorum confirms it', async () => {
    const stream = newStream();
    await store.append(stream, samples(stream, 0, 1), NO_STREAM);
    node.everyAppend = commitTimeout;
    const impatient = await openStore(node.url, { callMs: 100, patienceMs: 200 });
    expect(await errorOf(impatient.head(stream))).toBeInstanceOf(StoreBusy);
  });

  it('follows writers that come between the read and its confirmation', async () => {
    const stream = newStream();
    await store.append(stream, samples(stream, 0, 1), NO_STREAM);
    const writer = await openStore(node.url);
    const plain = node.everyAppend;
    node.appendFaults.push((call) => {
      void writer.append(stream, samples(stream, 1, 1), 0).then(() => plain(call));
    });
    expect((await store.head(stream))?.revision).toBe(1);
  });
});
