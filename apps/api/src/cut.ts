import type { EventStore } from '#event-store';
import type { LogKeeper } from '#log';

interface Closing {
  close(): Promise<unknown>;
}

/** Once the ledger is found to be cut nobody writes to it: neither what a request began before, nor what runs by itself. */
export function refusingWhereCut(store: EventStore, keeper: Pick<LogKeeper, 'cut'>): EventStore {
  const refuse =
    <Given extends unknown[], Told>(write: (...given: Given) => Promise<Told>) =>
    async (...given: Given): Promise<Told> => {
      if (keeper.cut) throw keeper.cut;
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
export function stoppingWhereCut(work: Closing, keeper: Pick<LogKeeper, 'whenCut'>): Closing {
  let closed: Promise<unknown> | undefined;
  const close = () => (closed ??= work.close());
  void keeper.whenCut.then(close);
  return { close };
}
