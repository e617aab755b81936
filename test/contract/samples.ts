import { createHash, randomUUID } from 'node:crypto';
import { asId, streamName, type Instant, type StreamName } from '#decider';
import {
  NO_STREAM,
  type AppendResult,
  type Delivery,
  type EventStore,
  type EventToAppend,
  type StoredEvent,
} from '#event-store';

/**
 * A stream that no earlier run has written to. Random, not fixed: the same suite runs against servers that
 * keep what they were told.
 */
export function newStream(kind = 'person'): StreamName {
  return streamName(kind, randomUUID());
}

/** An event as the codec would make it; its body tells its id, so that a mix-up shows. */
export function sample(
  stream: StreamName,
  revision: number,
  columns: Partial<EventToAppend> = {},
): EventToAppend {
  const id = columns.id ?? asId<'Event'>(randomUUID());
  return {
    stream,
    revision,
    type: 'SampleRecorded',
    schema: 1,
    recordedAt: '2026-01-09T10:00:00.000Z' as Instant,
    effectiveAt: '2026-01-09T10:00:00.000Z' as Instant,
    actor: { kind: 'client', id: 'contract' },
    commandId: asId<'Command'>('00000000-0000-8000-8000-000000000001'),
    correlationId: asId<'Correlation'>('00000000-0000-4000-8000-000000000002'),
    causationId: null,
    commitment: createHash('sha256').update(id).digest(),
    body: Buffer.from(`body of ${id}`),
    ...columns,
    id,
  };
}

/** `count` events that follow each other from `firstRevision` on. */
export function samples(stream: StreamName, firstRevision: number, count: number): EventToAppend[] {
  return Array.from({ length: count }, (_, i) => sample(stream, firstRevision + i));
}

export function idsOf(events: readonly EventToAppend[]): string[] {
  return events.map((event) => event.id);
}

/** Everything after `after`, page by page. */
export async function readAllAfter(store: EventStore, after: number, pageSize = 500): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for (;;) {
    const page = await store.readAll(events.at(-1)?.position ?? after, pageSize);
    if (page.length === 0) return events;
    events.push(...page);
  }
}

/** Appends one event after the other to a stream of its own, as a busy node would. */
export async function writeOneByOne(store: EventStore, stream: StreamName, count: number): Promise<void> {
  for (let revision = NO_STREAM; revision < count - 1; revision++)
    await store.append(stream, [sample(stream, revision + 1)], revision);
}

/** Takes from a subscription until `enough` says so, then lets go of it. */
export async function take(
  subscription: AsyncIterable<Delivery>,
  enough: (events: readonly StoredEvent[]) => boolean,
): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for await (const delivery of subscription) {
    events.push(...delivery.events);
    if (enough(events)) break;
  }
  return events;
}

/** For appends that nothing stands against. */
export async function appended(result: Promise<AppendResult>) {
  const settled = await result;
  if (settled.kind !== 'appended') throw new Error(`conflict at ${settled.actual}`);
  return settled;
}
