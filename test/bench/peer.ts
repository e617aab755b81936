import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type { DomainEvent } from '#decider';

/** How figures that need the peer are left out, in one line. */
export const WITHOUT_PEER =
  'Left out: what is measured against emmett. `npm install @event-driven-io/emmett@0.38.5 ' +
  '@event-driven-io/emmett-sqlite@0.38.5` in a folder of its own, and name that folder in SILLAGE_BENCH_PEER.';

interface Connection {
  command(sql: string, values?: readonly unknown[]): Promise<unknown>;
  close(): void;
}

interface Message extends DomainEvent {
  readonly metadata: { readonly streamName: string; readonly globalPosition: bigint };
}

interface EventStore {
  appendToStream(stream: string, events: readonly DomainEvent[]): Promise<unknown>;
  consumer(options: object): {
    processor(options: {
      readonly projection: {
        readonly name: string;
        readonly canHandle: readonly string[];
        handle(events: readonly Message[], context: { connection: Connection }): Promise<void>;
      };
      readonly startFrom: 'BEGINNING';
      stopAfter(message: Message): boolean;
    }): unknown;
    start(): Promise<void>;
    close(): Promise<void>;
  };
}

/** As much of `@event-driven-io/emmett` and `emmett-sqlite` as is measured here. */
export interface Peer {
  CommandHandler<State>(options: {
    readonly initialState: () => State;
    readonly evolve: (state: State, event: DomainEvent) => State;
  }): (
    store: EventStore,
    stream: string,
    decide: (state: State) => readonly DomainEvent[],
  ) => Promise<unknown>;
  getSQLiteEventStore(options: { readonly fileName: string }): EventStore;
  sqliteConnection(options: { readonly fileName: string }): Connection;
}

/** Undefined where nobody named a folder. @throws when the folder has no emmett */
export function loadPeer(): Peer | undefined {
  const folder = process.env['SILLAGE_BENCH_PEER'];
  if (!folder) return undefined;
  const require = createRequire(resolve(folder, 'package.json'));
  const names = ['@event-driven-io/emmett', '@event-driven-io/emmett-sqlite'];
  return Object.assign({}, ...names.map((name) => require(name) as object)) as Peer;
}

const TRIES = 5;

/** On a busy machine one of its commits fails now and then ("SQL statements in progress"): it is asked again. */
export async function insist<Result>(operation: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await operation();
    } catch (error) {
      if (attempt === TRIES) throw error;
    }
  }
}

/** Each waits for the one before: together, most of emmett's appends to one file fail. */
export function oneByOne<Argument>(
  operation: (argument: Argument) => Promise<unknown>,
): (argument: Argument) => Promise<unknown> {
  let before: Promise<unknown> = Promise.resolve();
  return (argument) => (before = before.then(() => insist(() => operation(argument))));
}
