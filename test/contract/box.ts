import { accept, asId, reject, streamName, type Decision, type DomainEvent } from '#decider';
import type { Fold, Instant, Recorded } from '#decider';
import { Ledger, type CommandContext, type EventStore, type Outcome, type Sealer } from '#event-store';

/** The smallest domain that can reject, find something already true, and record. */
export type BoxEvent = DomainEvent<'ItemPut', { item: string }> | DomainEvent<'ItemTaken', { item: string }>;
export type Box = readonly string[];

export const box: Fold<Box, Recorded<BoxEvent>> = {
  initial: [],
  evolve: (items, { type, data }) =>
    type === 'ItemPut' ? [...items, data.item] : items.filter((item) => item !== data.item),
};

export function put(item: string): (items: Box) => Decision<BoxEvent> {
  return (items) =>
    items.includes(item) ? accept<BoxEvent>() : accept<BoxEvent>({ type: 'ItemPut', data: { item } });
}

export function take(item: string): (items: Box) => Decision<BoxEvent> {
  return (items) =>
    items.includes(item)
      ? accept<BoxEvent>({ type: 'ItemTaken', data: { item } })
      : reject({ kind: 'not-held', detail: `There is no ${item}.`, remedy: 'Take something else.' });
}

export const STREAM = streamName('box', '1');

const CLEAR: Sealer = {
  cipherOf: async () => ({ seal: (_, plain) => plain, open: (_, body) => body }),
  cipherFor: async () => ({ seal: (_, plain) => plain, open: (_, body) => body }),
};

/** A node of its own: nothing in common with others but the store. */
export function boxNode(store: EventStore): Ledger {
  return new Ledger(store, CLEAR, { now: () => '2026-01-09T10:00:00.000Z' as Instant });
}

export function boxCommand(n: number): CommandContext {
  return {
    actor: { kind: 'mandate', id: 'M1' },
    commandId: asId<'Command'>(`00000000-0000-8000-8000-${String(n).padStart(12, '0')}`),
    digest: `digest-${n}`,
    correlationId: asId<'Correlation'>('00000000-0000-4000-8000-000000000001'),
  };
}

/** The store, with some of its methods replaced. */
export function withMethods(store: EventStore, methods: Partial<EventStore>): EventStore {
  return Object.assign(Object.create(store) as EventStore, methods);
}

export function told(outcome: Outcome<BoxEvent>): string[] {
  if (outcome.kind !== 'recorded') throw new Error(outcome.kind);
  return outcome.events.map((event) => `${event.revision} ${event.type} ${event.data.item}`);
}
