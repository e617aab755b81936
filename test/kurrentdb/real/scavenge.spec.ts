import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { NO_STREAM, type KurrentEventStore } from '#event-store';
import { idsOf, newStream, samples, take } from '../../contract/samples.js';
import { closeAll, openNaive, openStore } from '../naive.js';

const url = process.env['SILLAGE_KURRENTDB_URL']!;
const [, login, host] = /^esdb:\/\/(?:([^@]+)@)?([^,/?]+)/.exec(url)!;
const http = `${url.includes('tls=false') ? 'http' : 'https'}://${host}`;
const authorization = `Basic ${Buffer.from(decodeURIComponent(login ?? 'admin:changeit')).toString('base64')}`;

let store: KurrentEventStore;

beforeEach(async () => {
  store = await openStore(url);
});
afterEach(closeAll);

/** Removes for good, on this node, what was erased. The account needs the right to. */
async function scavenge(): Promise<void> {
  const started = await fetch(`${http}/admin/scavenge`, {
    method: 'POST',
    headers: { authorization, accept: 'application/json', 'content-length': '0' },
  });
  expect(started.status).toBe(200);
  const { scavengeId } = (await started.json()) as { scavengeId: string };
  const isDone = async () => {
    const types: string[] = [];
    const stream = openNaive(url).readStream(`$scavenges-${scavengeId}`);
    for await (const { event } of stream) types.push(event!.type);
    return types.includes('$scavengeCompleted');
  };
  while (!(await isDone().catch(() => false))) await sleep(100);
}

describe('a real server, scavenged after an erasure', () => {
  it('loses no event for a subscription that resumes where an event was erased', async () => {
    const start = await store.end();
    const [erased, kept] = [newStream(), newStream()];
    await store.append(erased, samples(erased, 0, 1), NO_STREAM);
    const [checkpoint] = await store.read(erased, 0, 1);
    await store.append(kept, samples(kept, 0, 3), NO_STREAM);
    await openNaive(url).tombstoneStream(erased);
    await scavenge();
    const rest = await take(
      store.subscribe(checkpoint!.position, new AbortController().signal),
      (events) => events.length >= 3,
    );
    expect(idsOf(rest)).toEqual(idsOf(await store.read(kept, 0, 3)));
    expect(idsOf(await store.readAll(start, 10))).toEqual(idsOf(rest));
    expect(await store.end()).toBe(rest.at(-1)!.position);
    expect(await store.head(erased)).toBeUndefined();

    const naive: string[] = [];
    const { position } = checkpoint!;
    const fromPosition = { commit: BigInt(position), prepare: BigInt(position) };
    const subscription = openNaive(url).subscribeToAll({ fromPosition });
    subscription.on('data', ({ event }) => naive.push(event!.id));
    await new Promise<void>((resolve) => subscription.on('caughtUp', () => resolve()));
    // Version 23.10 loses the first one for a plain subscription, 25 does not.
    const [, ...later] = idsOf(rest);
    expect([idsOf(rest), later]).toContainEqual(naive.filter((id) => idsOf(rest).includes(id)));
  });
});
