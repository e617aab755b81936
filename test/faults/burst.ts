import { createHash } from 'node:crypto';
import { asId, type Instant, type StreamName } from '#decider';
import type { EventToAppend } from '#event-store';

/** An event of a burst: everything in it follows from its place, so that whoever reads it can tell. */
function event(stream: StreamName, revision: number): EventToAppend {
  const hex = createHash('sha256').update(`${stream} ${revision}`).digest('hex');
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  return {
    id: asId<'Event'>(id),
    stream,
    revision,
    type: 'Written',
    schema: 1,
    recordedAt: '2026-01-09T10:00:00.000Z' as Instant,
    effectiveAt: '2026-01-09T10:00:00.000Z' as Instant,
    actor: { kind: 'client', id: 'burst' },
    commandId: asId<'Command'>(id),
    correlationId: asId<'Correlation'>(id),
    causationId: null,
    commitment: createHash('sha256').update(id).digest(),
    body: Buffer.from(`${id} `.repeat(1 + (revision % 40))),
  };
}

/** The append that begins at a revision: one to three events. */
export function appendAt(stream: StreamName, revision: number): readonly EventToAppend[] {
  const count = 1 + ((revision * 7) % 3);
  return Array.from({ length: count }, (_, i) => event(stream, revision + i));
}

export function acknowledge(stream: StreamName, events: readonly EventToAppend[]): void {
  process.stdout.write(`ack ${stream} ${events[0]!.id} ${events[0]!.revision} ${events.length}\n`);
}
