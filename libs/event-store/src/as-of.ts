import type { DomainEvent, Fold, Recorded, StreamName } from '#decider';
import { advance, empty, type Folded } from './fold-cache.js';
import type { Ledger } from './ledger.js';
import { NO_STREAM } from './store.js';

/** Where states of streams are read: the ledger as it is, or as it was. */
export type Streams = Pick<Ledger, 'load'>;

/** Each stream as it was when it was first asked for: whoever asks twice in one decision gets one answer. */
export function readOnce(ledger: Streams): Streams {
  const read = new Map<StreamName, { readonly fold: object; readonly folded: Promise<Folded<unknown>> }>();
  return {
    load<State, Event extends DomainEvent>(
      stream: StreamName,
      fold: Fold<State, Recorded<Event>>,
    ): Promise<Folded<State>> {
      const known = read.get(stream);
      if (known?.fold === fold) return known.folded as Promise<Folded<State>>;
      const folded = ledger.load(stream, fold);
      read.set(stream, { fold, folded });
      return folded;
    },
  };
}

/**
 * The ledger as it was read once: each of these streams ends at its revision, and any other is not there. Every load
 * reads its stream from the beginning; nothing is kept of it.
 */
export function asOf(
  ledger: Pick<Ledger, 'pages' | 'codec'>,
  revisions: ReadonlyMap<StreamName, number>,
): Streams {
  return {
    async load<State, Event extends DomainEvent>(
      stream: StreamName,
      fold: Fold<State, Recorded<Event>>,
    ): Promise<Folded<State>> {
      const last = revisions.get(stream) ?? NO_STREAM;
      let folded = empty(fold);
      if (last === NO_STREAM) return folded;
      for await (const page of ledger.pages(stream)) {
        const known = page.filter(({ revision }) => revision <= last);
        folded = advance(fold, folded, (await ledger.codec.open(known)) as Recorded<Event>[]);
        if (known.length < page.length) break;
      }
      return folded;
    },
  };
}
