import { streamName, type StreamName } from '#decider';
import { SqliteEventStore } from '#event-store';
import { acknowledge, appendAt } from './burst.js';

/**
 * Appends to a few streams on a disk that fails somewhere, and sends what failed again, with the same bytes, as the
 * ledger does. Tells `ack …` of what was acknowledged and `refused <name> <stream> <first revision>` of what was not;
 * ends by itself with `end`, or with `unopened` where the store could not even be opened.
 */
const [path, run] = process.argv.slice(2) as [string, string];
const STREAMS = 6;
const APPENDS = 20;
const TRIES = 3;

async function write(store: SqliteEventStore, stream: StreamName): Promise<void> {
  for (let append = 0, revision = 0; append < APPENDS; append++) {
    const events = appendAt(stream, revision);
    if (!(await stored(store, stream, revision))) return;
    acknowledge(stream, events);
    revision += events.length;
  }
}

async function stored(store: SqliteEventStore, stream: StreamName, revision: number): Promise<boolean> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    try {
      const { kind } = await store.append(stream, appendAt(stream, revision), revision - 1);
      if (kind === 'conflict') throw new Error('conflict');
      return true;
    } catch (error) {
      process.stdout.write(`refused ${(error as Error).name} ${stream} ${revision}\n`);
    }
  }
  return false;
}

function open(): SqliteEventStore | undefined {
  try {
    return SqliteEventStore.open(path);
  } catch {
    return undefined;
  }
}

const store = open();
const streams = Array.from({ length: STREAMS }, (_, i) => streamName('burst', `${run}.${i}`));
if (store) await Promise.all(streams.map((stream) => write(store, stream)));
await store?.close().catch(() => undefined);
process.stdout.write(store ? 'end\n' : 'unopened\n');
