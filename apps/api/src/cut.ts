import type { EventStore } from '#event-store';
import type { ServedLog } from '#log';

interface Closing {
  close(): Promise<unknown>;
}

/** Once the ledger is found to be cut nobody writes to it: neither what a request began before, nor what runs by itself. */
export function refusingWhereCut(store: EventStore, served: Pick<ServedLog, 'cut'>): EventStore {
  const refuse =
    <Given extends unknown[], Told>(write: (...given: Given) => Promise<Told>) =>
    async (...given: Given): Promise<Told> => {
      if (served.cut) throw served.cut;
      return write(...given);
    };
  return {
    removesAtOnce: store.removesAtOnce,
    append: refuse((...given) => store.append(...given)),
    erase: refuse((...given) => store.erase(...given)),
    read: (...given) => store.read(...given),
    readAll: (...given) => store.readAll(...given),
    head: (...given) => store.head(...given),
    end: () => store.end(),
    subscribe: (...given) => store.subscribe(...given),
    close: () => store.close(),
  };
}

/** What runs by itself is ended when the ledger is found to be cut, and at the end, once. */
export function stoppingWhereCut(work: Closing, served: Pick<ServedLog, 'whenCut'>): Closing {
  let closed: Promise<unknown> | undefined;
  const close = () => (closed ??= work.close());
  void served.whenCut.then(close);
  return { close };
}
