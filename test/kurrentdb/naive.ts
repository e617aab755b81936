import { jest } from '@jest/globals';
import { binaryEvent, EventStoreDBClient, type BinaryEventData } from '@eventstore/db-client';
import {
  openKurrentStore,
  type EventToAppend,
  type KurrentEventStore,
  type KurrentOptions,
} from '#event-store';
import { StandIn } from './stand-in/node.js';

/** Servers, clients and processes of their own: slow where others work too. */
jest.setTimeout(60_000);

/** The client as one would use it at first: each test shows what that would have done. */
export type NaiveClient = EventStoreDBClient;

const ending: (() => unknown)[] = [];

/** Closes, the latest first, everything that the functions below opened. */
export async function closeAll(): Promise<void> {
  for (const end of ending.splice(0).toReversed()) await end();
}

export async function startNode(log?: StandIn['log']): Promise<StandIn> {
  const node = await StandIn.start(log);
  ending.push(() => node.stop());
  return node;
}

/** Nodes of one cluster over one log, the leader first. */
export async function startCluster(size: number): Promise<StandIn[]> {
  const nodes = [await startNode()];
  while (nodes.length < size) nodes.push(await startNode(nodes[0]!.log));
  for (const node of nodes) node.cluster = nodes;
  return nodes;
}

export function elect(leader: StandIn): void {
  const members = [leader, ...leader.cluster.filter((node) => node !== leader)];
  for (const node of members) node.cluster = members;
}

export async function openStore(url: string, options?: KurrentOptions): Promise<KurrentEventStore> {
  const store = await openKurrentStore(url, options);
  ending.push(() => store.close());
  return store;
}

export function openNaive(url: string): NaiveClient {
  const client = EventStoreDBClient.connectionString(url);
  ending.push(() => client.dispose());
  return client;
}

export function naiveEvent({ id, type, body }: EventToAppend): BinaryEventData {
  return binaryEvent({ id, type, data: body }) as BinaryEventData;
}

/** The error that it ends with; undefined when it ends well. */
export function errorOf(work: Promise<unknown>): Promise<Error | undefined> {
  return work.then(
    () => undefined,
    (error: Error) => error,
  );
}
