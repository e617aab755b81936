import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NO_STREAM as NO_STREAM_THERE } from '@eventstore/db-client';
import {
  AppendTooLarge,
  MAX_APPEND_BYTES,
  NO_STREAM,
  OutcomeUnknown,
  StorageFailed,
  StreamErased,
  type KurrentEventStore,
} from '#event-store';
import { idsOf, newStream, sample, samples } from '../contract/samples.js';
import { until } from '../journeys/outbox.js';
import {
  closeAll,
  elect,
  errorOf,
  naiveEvent,
  openNaive,
  openStore,
  startCluster,
  startNode,
  type NaiveClient,
} from './naive.js';
import {
  forwardingTimeout,
  ghostConflict,
  hang,
  storedThenReset,
  unavailable,
  type AppendCall,
  type AppendFault,
} from './stand-in/faults.js';
import type { StandIn } from './stand-in/node.js';

let node: StandIn;
let store: KurrentEventStore;
let naive: NaiveClient;
/** Short calls, so that what is unknown is soon sent again, for as long as a slow machine may need. */
const SHORT = { callMs: 150, appendMs: 20_000 };
const UNARY = { credentials: { username: 'sillage', password: '' }, requiresLeader: true, deadline: 300 };

beforeEach(async () => {
  node = await startNode();
  store = await openStore(node.url, SHORT);
  naive = openNaive(node.url);
});
afterEach(closeAll);

describe('an append whose outcome nobody tells', () => {
  const faults: readonly (readonly [string, AppendFault, string])[] = [
    ['was never seen by a frozen node', hang, 'DeadlineExceededError'],
    ['met a node that is not ready', unavailable, 'UnavailableError'],
    ['was stored by a node that stopped before it said so', storedThenReset, 'UnknownError'],
    ['was forwarded to a slow leader, who stores it later', forwardingTimeout, 'TimeoutError'],
  ];

  it.each(faults)('is stored once and acknowledged when it %s', async (_, fault) => {
    const stream = newStream();
    const events = samples(stream, 0, 2);
    node.appendFaults.push(fault);
    expect(await store.append(stream, events, NO_STREAM)).toMatchObject({ kind: 'appended', revision: 1 });
    const [next] = samples(stream, 2, 1);
    node.appendFaults.push(fault, fault);
    expect(await store.append(stream, [next!], 1)).toMatchObject({ kind: 'appended', revision: 2 });
    expect(idsOf(await store.read(stream, 0, 10))).toEqual(idsOf([...events, next!]));
  });

  it.each(faults)('is an error to the naive use when it %s', async (_, fault, name) => {
    const stream = newStream();
    node.appendFaults.push(fault);
    const once = naive.appendToStream(stream, naiveEvent(sample(stream, 0)), UNARY);
    expect((await errorOf(once))?.constructor.name).toBe(name);
  });

  it('stays unknown when the server never says, and can be sent again', async () => {
    const impatient = await openStore(node.url, { callMs: 50, appendMs: 200 });
    const stream = newStream();
    const events = samples(stream, 0, 1);
    const answer = node.everyAppend;
    node.everyAppend = storedThenReset;
    const lost = await errorOf(impatient.append(stream, events, NO_STREAM));
    expect(lost).toBeInstanceOf(OutcomeUnknown);
    node.everyAppend = answer;
    expect(await impatient.append(stream, events, NO_STREAM)).toMatchObject({
      kind: 'appended',
      revision: 0,
    });
    expect(await impatient.read(stream, 0, 10)).toHaveLength(1);
  });

  it('is a conflict only when another event is really there', async () => {
    const stream = newStream();
    await store.append(stream, samples(stream, 0, 1), NO_STREAM);
    const [mine] = samples(stream, 1, 1);
    // A leader without a quorum speaks of an event that vanishes with it: it was never stored.
    node.appendFaults.push(unavailable, ghostConflict(1), ghostConflict(1));
    expect(await store.append(stream, [mine!], 0)).toMatchObject({ kind: 'appended', revision: 1 });
    const others = samples(stream, 2, 1);
    node.appendFaults.push(({ fail }) => {
      node.log.append(stream, 1, [{ ...naiveEvent(others[0]!), metadata: Buffer.from('{"commitment":""}') }]);
      fail(14, 'Server Is Not Ready');
    });
    expect(await store.append(stream, samples(stream, 2, 1), 1)).toEqual({ kind: 'conflict', actual: 2 });
  });

  it('is not reported as erased when the stream was erased after it was stored', async () => {
    const impatient = await openStore(node.url, { callMs: 150, appendMs: 1000 });
    const stream = newStream();
    node.appendFaults.push(({ store: keep, fail }) => {
      keep();
      node.log.tombstone(stream);
      fail(13, 'Received RST_STREAM with code 2');
    });
    const lost = await errorOf(impatient.append(stream, samples(stream, 0, 1), NO_STREAM));
    expect(lost).toBeInstanceOf(OutcomeUnknown);
  });
});

describe('an append under ids that were used before', () => {
  it('is an error when its bytes are others; the naive use takes the server at its word', async () => {
    const stream = newStream();
    const [first] = samples(stream, 0, 1);
    await store.append(stream, [first!], NO_STREAM);
    const other = { ...first!, body: Buffer.from('another body') };
    const said = await naive.appendToStream(stream, naiveEvent(other), {
      ...UNARY,
      expectedRevision: NO_STREAM_THERE,
    });
    expect(said.success).toBe(true);
    expect((await errorOf(store.append(stream, [other], NO_STREAM)))?.name).toBe('WrongBytes');
    expect(Buffer.from((await store.read(stream, 0, 1))[0]!.body)).toEqual(first!.body);
  });

  it('is an error too when only a clear column is another', async () => {
    const stream = newStream();
    const [first] = samples(stream, 0, 1);
    await store.append(stream, [first!], NO_STREAM);
    const other = { ...first!, actor: { kind: 'client', id: 'somebody else' } } as const;
    expect((await errorOf(store.append(stream, [other], NO_STREAM)))?.name).toBe('WrongBytes');
  });
});

describe('appends of several clients', () => {
  it('never go through the batch append, whose failures are shared by all clients of the module', async () => {
    const other = await startNode();
    const stream = newStream();
    const events = samples(stream, 0, 1);
    // Two naive clients, two servers: the first append is stored, and fails with the other client's batch.
    node.holdsBatches = true;
    const stored = errorOf(naive.appendToStream(stream, naiveEvent(events[0]!)));
    while (node.log.of(stream).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const failing = newStream();
    const elsewhere = openNaive(other.url);
    await errorOf(
      elsewhere.appendToStream(failing, naiveEvent(sample(failing, 0)), { expectedRevision: 7n }),
    );
    expect(await stored).toBeInstanceOf(Error);
    expect(node.log.of(stream)).toHaveLength(1);

    node.calls.length = 0;
    await Promise.all(samples(stream, 1, 1).map((event) => store.append(event.stream, [event], 0)));
    expect(node.calls).toContain('append');
    expect(node.calls).not.toContain('batchAppend');
  });
});

describe('an append that the server refuses', () => {
  it('is refused before it is sent when it is larger than a server takes, as a strict one counts', async () => {
    const stream = newStream();
    const body = new Uint8Array(MAX_APPEND_BYTES - 32);
    node.calls.length = 0;
    const refused = await errorOf(store.append(stream, [sample(stream, 0, { body })], NO_STREAM));
    expect(refused).toBeInstanceOf(AppendTooLarge);
    expect(node.calls).toEqual([]);
  });

  it('is refused as erased where the stream was erased, empty appends too', async () => {
    const stream = newStream();
    await store.append(stream, samples(stream, 0, 2), NO_STREAM);
    await naive.tombstoneStream(stream);
    for (const events of [samples(stream, 2, 1), []])
      expect(await errorOf(store.append(stream, events, 1))).toBeInstanceOf(StreamErased);
  });

  it('is refused without a second try when our account is not let in', async () => {
    const stream = newStream();
    node.refusesEveryone = true;
    node.calls.length = 0;
    const refused = await errorOf(store.append(stream, samples(stream, 0, 1), NO_STREAM));
    expect(refused).toBeInstanceOf(StorageFailed);
    expect(node.calls).toEqual(['append']);
  });

  it.each([
    ['an id that the server would write otherwise', { id: 'F47AC10B-58CC-4372-A567-0E02B2C3D479' }],
    ["a type of the server's own", { type: '$metadata' }],
    ['no type', { type: '' }],
  ])('is not sent with %s', async (_, columns) => {
    const stream = newStream();
    const event = { ...sample(stream, 0), ...(columns as object) };
    await expect(store.append(stream, [event], NO_STREAM)).rejects.toThrow();
    expect(await store.read(stream, 0, 1)).toEqual([]);
  });
});

describe('a cluster', () => {
  it('is followed to its new leader, where the naive use fails', async () => {
    const nodes = await startCluster(3);
    const cluster = await openStore(nodes[0]!.url, SHORT);
    const client = openNaive(nodes[0]!.url);
    const stream = newStream();
    await cluster.append(stream, samples(stream, 0, 1), NO_STREAM);
    await client.appendToStream(newStream(), naiveEvent(sample(stream, 0)), UNARY);
    elect(nodes[1]!);
    const [next] = samples(stream, 1, 1);
    const moved = client.appendToStream(newStream(), naiveEvent(sample(stream, 0)), UNARY);
    expect((await errorOf(moved))?.constructor.name).toBe('NotLeaderError');
    expect(await cluster.append(stream, [next!], 0)).toMatchObject({ kind: 'appended', revision: 1 });
  });

  it('does not end the process while it elects, though the client finds no node and nobody waits for that', async () => {
    const nodes = await startCluster(3);
    const cluster = await openStore(nodes[0]!.url, { ...SHORT, callMs: 20_000 });
    const gossips = () => nodes.flatMap(({ calls }) => calls.filter((call) => call === 'gossip')).length;
    const held: AppendCall[] = [];
    nodes[0]!.appendFaults.push(
      (call) => held.push(call),
      (call) => held.push(call),
    );
    const appends = [newStream(), newStream()].map((stream) =>
      cluster.append(stream, samples(stream, 0, 1), NO_STREAM),
    );
    await until(() => held.length === 2);
    for (const one of nodes) one.isElecting = true;
    const before = gossips();
    unavailable(held[0]!);
    await until(() => gossips() > before);
    unavailable(held[1]!);
    await until(() => gossips() >= before + 3 * nodes.length);
    for (const one of nodes) one.isElecting = false;
    for (const append of appends) expect(await append).toMatchObject({ kind: 'appended', revision: 0 });
  });

  it('is served by a new client when a node no longer answers on the old connection', async () => {
    const nodes = await startCluster(3);
    const cluster = await openStore(nodes[0]!.url, SHORT);
    const client = openNaive(nodes[0]!.url);
    const stream = newStream();
    await cluster.append(stream, samples(stream, 0, 1), NO_STREAM);
    await client.appendToStream(newStream(), naiveEvent(sample(stream, 0)), UNARY);
    nodes[0]!.isFrozen = true;
    elect(nodes[1]!);
    expect(await cluster.append(stream, samples(stream, 1, 1), 0)).toMatchObject({ revision: 1 });
    for (let attempt = 0; attempt < 3; attempt++) {
      const stuck = client.appendToStream(newStream(), naiveEvent(sample(stream, 0)), UNARY);
      expect((await errorOf(stuck))?.constructor.name).toBe('DeadlineExceededError');
    }
  });
});
