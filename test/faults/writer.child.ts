import { createHash } from 'node:crypto';
import { asId, streamName, type Instant, type StreamName } from '#decider';
import { SqliteEventStore, type EventToAppend } from '#event-store';

/**
 * Appends to many streams at once until it is killed, and tells each append on standard output once it is
 * acknowledged: `ack <stream> <first id> <first revision> <count>`. Starts with `ready`.
 */
const [path, run] = process.argv.slice(2) as [string, string];
const STREAMS = 24;

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

async function write(store: SqliteEventStore, stream: StreamName): Promise<never> {
  for (let revision = 0; ;) {
    const count = 1 + ((revision * 7) % 3);
    const events = Array.from({ length: count }, (_, i) => event(stream, revision + i));
    const result = await store.append(stream, events, revision - 1);
    if (result.kind === 'conflict') throw new Error(`${stream} is at ${result.actual}`);
    process.stdout.write(`ack ${stream} ${events[0]!.id} ${revision} ${count}\n`);
    revision += count;
  }
}

const store = SqliteEventStore.open(path);
process.stdout.write('ready\n');
await Promise.all(
  Array.from({ length: STREAMS }, (_, i) => write(store, streamName('burst', `${run}.${i}`))),
);
