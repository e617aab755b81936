import type { Instant, StreamName } from '#decider';
import type { Ledger } from '#event-store';
import { personFold, personStream, type PersonId } from '#person';
import { ownerOf, type Sealing } from '#sealing';
import { labelOf, type Label } from '#transparency';
import { ERASURES, erasuresFold, type ErasureCompleted } from '../erasures.js';

/**
 * Why an erasure is not yet named, in a cluster: another node may hold the key for `forMs` more, or nobody has said
 * that every node of the cluster was scavenged.
 */
export interface Waiting {
  readonly for: 'cached-keys' | 'scavenge';
  readonly forMs: number;
}

/** How far an erasure is, once nothing stands against it any more. */
export type Progress =
  | { readonly state: 'closing'; readonly closedAt?: Instant }
  | { readonly state: 'pending-scavenge'; readonly waits: Waiting }
  | { readonly state: 'complete'; readonly completedAt: Instant };

/** Undefined where the person's stream is not closed: nothing was requested, or notices are waited for. */
export async function progressOf(
  ledger: Ledger,
  sealing: Sealing,
  person: PersonId,
): Promise<Progress | undefined> {
  const stream = personStream(person);
  const owner = ownerOf(stream)!;
  const streams = await sealing.erasedStreamsOf(owner);
  if (streams.length === 0) return closing(ledger, stream);
  const completedAt = await namedAt(ledger, streams);
  if (completedAt) return { state: 'complete', completedAt };
  const waits = await waitsOf(ledger, sealing, owner, streams);
  return waits ? { state: 'pending-scavenge', waits } : { state: 'closing' };
}

/** Nothing where the one process that serves the ledger has done it all, or where the labels are named already. */
export async function waitsOf(
  ledger: Ledger,
  sealing: Sealing,
  owner: string,
  streams: readonly StreamName[],
): Promise<Waiting | undefined> {
  if (ledger.store.removesAtOnce) return undefined;
  const { state: named } = await ledger.load(ERASURES, erasuresFold);
  if (streams.every((stream) => named.has(labelOf(stream)))) return undefined;
  const forMs = await sealing.cachedElsewhereMs(owner);
  return forMs > 0 ? { for: 'cached-keys', forMs } : { for: 'scavenge', forMs: 0 };
}

async function closing(ledger: Ledger, stream: StreamName): Promise<Progress | undefined> {
  const { state, revision } = await ledger.load(stream, personFold);
  if (state.status !== 'closed') return undefined;
  const [last] = await ledger.store.read(stream, revision, 1);
  return { state: 'closing', ...(last && { closedAt: last.recordedAt }) };
}

/** When the last of their labels was named; undefined while one is not. */
async function namedAt(ledger: Ledger, streams: readonly StreamName[]): Promise<Instant | undefined> {
  const { state: named } = await ledger.load(ERASURES, erasuresFold);
  const labels = new Set<Label>(streams.map(labelOf));
  if (![...labels].every((label) => named.has(label))) return undefined;
  let last: Instant | undefined;
  for await (const page of ledger.pages(ERASURES))
    for (const event of await ledger.codec.open(page))
      if (labels.has((event.data as ErasureCompleted['data']).label)) last = event.recordedAt;
  return last;
}
