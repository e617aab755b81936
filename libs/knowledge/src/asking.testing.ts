import type { DomainEvent, Recorded, StreamName } from '#decider';
import type { Ledger } from '#event-store';
import type { ReadModels, ReadStore } from '#read-store';
import type { Sealing } from '#sealing';
import type { Moment, Page, PageRequest } from './moment.request.js';
import { Reader } from './reader.query.js';

/** A reader of what was remembered of these events, in clear. For tests only. */
export function readerOf(store: ReadStore, events: readonly Recorded<DomainEvent>[]): Reader {
  const ledger = {
    store: {
      read: (_: StreamName, from: number) => Promise.resolve(events.filter((e) => e.revision === from)),
    },
    codec: { open: (stored: readonly unknown[]) => Promise.resolve(stored) },
  };
  const openText = (_: string, __: string, cell: Uint8Array) =>
    Promise.resolve((JSON.parse(Buffer.from(cell).toString()) as { text: string }).text);
  return new Reader(
    { store } as unknown as ReadModels,
    ledger as unknown as Ledger,
    { openText } as unknown as Sealing,
  );
}

/** All rows, asked for page by page. */
export async function allPages<Row>(
  ask: (page: PageRequest) => Promise<Page<Row>>,
  moment: Moment,
  limit: number,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let from: PageRequest['from']; ;) {
    const page = await ask({ ...moment, limit, from });
    if (page.rows.length > limit) throw new Error(`A page of ${limit} has ${page.rows.length} rows`);
    rows.push(...page.rows);
    if (!page.next) return rows;
    from = page.next;
  }
}
