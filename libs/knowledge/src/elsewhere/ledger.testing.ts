import { streamKind, type DomainEvent, type Recorded, type StreamName } from '#decider';
import type { Ledger } from '#event-store';
import { ReadStore, type Change, type Forgetting } from '#read-store';
import { KnowledgeProjector, TABLES } from '../projector.js';
import { plain } from '../remembered.testing.js';

/** A ledger that holds these events, in clear. For tests only. */
export function ledgerOf(events: readonly Recorded<DomainEvent>[]): Ledger {
  const ledger = {
    async *pages(stream: StreamName) {
      yield events.filter((event) => event.stream === stream);
    },
    async *pagesOfKinds(kinds: readonly string[]) {
      yield events.filter((event) => kinds.includes(streamKind(event.stream)));
    },
    codec: { openWhatRemains: (page: readonly unknown[]) => Promise.resolve(page) },
  };
  return ledger as unknown as Ledger;
}

/** The read models after these events, applied in batches of this size; `maxEvents` are remembered. */
export async function projected(
  path: string,
  events: readonly Recorded<DomainEvent>[],
  batch: number,
  maxEvents?: number,
): Promise<ReadStore> {
  const store = ReadStore.open(path, TABLES);
  const projector = new KnowledgeProjector(ledgerOf(events), maxEvents);
  for (let n = 0; n < events.length; n += batch) {
    const some = events.slice(n, n + batch);
    const changes = await projector.project(some, (...query) => store.all(...query));
    store.apply(changes.map(resolved), some.at(-1)!.position);
  }
  return store;
}

function resolved(change: Change | Forgetting) {
  return 'forget' in change ? change : plain(change);
}

/** What every table says, in an order of its own. */
export function dumpOf(store: ReadStore): readonly string[] {
  return TABLES.flatMap(({ name }) =>
    store
      .all(`SELECT * FROM ${name}`)
      .map((row) => `${name} ${JSON.stringify(row)}`)
      .toSorted(),
  );
}
