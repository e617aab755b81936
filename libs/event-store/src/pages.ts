import type { StreamName } from '#decider';
import type { AllFilter, EventStore, StoredEvent } from './store.js';

const OF_STREAM = 500;
const OF_LEDGER = 1000;

/** A stream's events from a revision on, page by page: nothing is held open while a page is worked on. */
export async function* pagesOf(
  store: Pick<EventStore, 'read'>,
  stream: StreamName,
  from = 0,
): AsyncGenerator<readonly StoredEvent[], void> {
  for (let next = from; ;) {
    const page = await store.read(stream, next, OF_STREAM);
    if (page.length > 0) yield page;
    if (page.length < OF_STREAM) return;
    next = page.at(-1)!.revision + 1;
  }
}

/** The ledger's events behind a position, page by page. */
export async function* pagesOfAll(
  store: Pick<EventStore, 'readAll'>,
  after: number,
  filter?: AllFilter,
): AsyncGenerator<readonly StoredEvent[], void> {
  for (let last = after; ;) {
    const page = await store.readAll(last, OF_LEDGER, filter);
    if (page.length === 0) return;
    yield page;
    last = page.at(-1)!.position;
  }
}
