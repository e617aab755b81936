import { streamName, type StreamName } from '#decider';
import { SqliteEventStore } from '#event-store';
import { acknowledge, appendAt } from './burst.js';

/**
 * Appends to many streams at once until it is killed, and tells each append on standard output once it is
 * acknowledged: `ack <stream> <first id> <first revision> <count>`. Starts with `ready`.
 */
const [path, run] = process.argv.slice(2) as [string, string];
const STREAMS = 24;

async function write(store: SqliteEventStore, stream: StreamName): Promise<never> {
  for (let revision = 0; ;) {
    const events = appendAt(stream, revision);
    const result = await store.append(stream, events, revision - 1);
    if (result.kind === 'conflict') throw new Error(`${stream} is at ${result.actual}`);
    acknowledge(stream, events);
    revision += events.length;
  }
}

const store = SqliteEventStore.open(path);
process.stdout.write('ready\n');
await Promise.all(
  Array.from({ length: STREAMS }, (_, i) => write(store, streamName('burst', `${run}.${i}`))),
);
