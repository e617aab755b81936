import { pagesOfAll } from './pages.js';
import {
  appendBytes,
  MAX_APPEND_BYTES,
  START,
  type EventStore,
  type EventToAppend,
  type StoredEvent,
} from './store.js';

const LONGEST_APPEND = 100;
/** Room for what an engine counts beside the bodies. */
const FULL_BYTES = MAX_APPEND_BYTES / 4;

/** Two ledgers are not the same. Says where. */
export class LedgersDiffer extends Error {
  override readonly name = 'LedgersDiffer';
}

/**
 * Appends to `to` what `from` holds and `to` does not, in ledger order, every byte as it is; positions are the
 * engine's own. What is there already is compared, so a copy that was cut off goes on where it was.
 * @param progress hears the number of events seen
 * @returns the number of events @throws LedgersDiffer @throws OutcomeUnknown: copy again
 */
export async function copyLedger(
  from: EventStore,
  to: EventStore,
  progress: (events: number) => void = () => {},
): Promise<number> {
  const there = eventsOf(to);
  let isThere = true;
  let waiting: StoredEvent[] = [];
  let count = 0;
  for await (const event of eventsOf(from)) {
    const copy: StoredEvent | undefined = isThere ? (await there.next()).value : undefined;
    isThere = copy !== undefined;
    if (copy) expectSame(event, copy);
    else {
      if (!continues(waiting, event)) waiting = await append(to, waiting);
      waiting.push(event);
    }
    progress(++count);
  }
  await append(to, waiting);
  return count;
}

/** Event by event: ids, revisions, clear columns, commitments, bodies, order. @throws LedgersDiffer */
export async function compareLedgers(one: EventStore, other: EventStore): Promise<number> {
  const others = eventsOf(other);
  let count = 0;
  for await (const event of eventsOf(one)) {
    const copy = (await others.next()).value;
    if (!copy) throw new LedgersDiffer(`${nameOf(event)} was not copied.`);
    expectSame(event, copy);
    count++;
  }
  const more = (await others.next()).value;
  if (more) throw new LedgersDiffer(`${nameOf(more)} is in the copy only.`);
  return count;
}

async function* eventsOf(store: EventStore): AsyncGenerator<StoredEvent, undefined> {
  for await (const page of pagesOfAll(store, START)) yield* page;
  return undefined;
}

/** Whether it can go in one append with those that wait. */
function continues(waiting: readonly StoredEvent[], event: StoredEvent): boolean {
  const last = waiting.at(-1);
  if (!last) return true;
  const isNext = last.stream === event.stream && last.revision + 1 === event.revision;
  return isNext && waiting.length < LONGEST_APPEND && appendBytes([...waiting, event]) < FULL_BYTES;
}

/** @returns what waits now: nothing */
async function append(to: EventStore, events: readonly StoredEvent[]): Promise<StoredEvent[]> {
  const [first] = events;
  if (!first) return [];
  const result = await to.append(first.stream, events.map(withoutPosition), first.revision - 1);
  if (result.kind === 'conflict')
    throw new LedgersDiffer(`${nameOf(first)} is another one in the copy, which is at ${result.actual}.`);
  return [];
}

function expectSame(event: StoredEvent, copy: StoredEvent): void {
  if (textOf(event) !== textOf(copy))
    throw new LedgersDiffer(`${nameOf(event)} is not the same in the copy.`);
}

function withoutPosition({ position: _, ...event }: StoredEvent): EventToAppend {
  return event;
}

/** All of it but its position, as one text. */
function textOf(event: StoredEvent): string {
  const { id, stream, revision, type, schema, recordedAt, effectiveAt, actor } = event;
  const { commandId, correlationId, causationId, commitment, body } = event;
  const bytes = [commitment, body].map((part) => Buffer.from(part).toString('base64'));
  const clear = [id, stream, revision, type, schema, recordedAt, effectiveAt, actor];
  return JSON.stringify([...clear, commandId, correlationId, causationId, ...bytes]);
}

function nameOf({ stream, revision }: StoredEvent): string {
  return `Event ${revision} of ${stream}`;
}
