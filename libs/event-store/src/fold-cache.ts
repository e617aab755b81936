import { Map as ImmutableMap } from 'immutable';
import type { DomainEvent, Fold, Instant, Recorded, StreamName } from '#decider';
import { NO_STREAM, START } from './store.js';

/** What one command left on a stream, remembered so that it is recognised when it comes again. */
export interface CommandTrace {
  readonly digest: string;
  readonly firstRevision: number;
  readonly lastRevision: number;
}

/** A stream folded up to its revision. */
export interface Folded<State> {
  readonly state: State;
  readonly revision: number;
  readonly position: number;
  readonly recordedAt: Instant | undefined;
  readonly commands: ImmutableMap<string, CommandTrace>;
}

export function empty<State, Event extends DomainEvent>(fold: Fold<State, Recorded<Event>>): Folded<State> {
  return {
    state: fold.initial,
    revision: NO_STREAM,
    position: START,
    recordedAt: undefined,
    commands: ImmutableMap(),
  };
}

export function advance<State, Event extends DomainEvent>(
  fold: Fold<State, Recorded<Event>>,
  from: Folded<State>,
  events: readonly Recorded<Event>[],
): Folded<State> {
  let { state, commands } = from;
  for (const event of events) {
    state = fold.evolve(state, event);
    commands = commands.update(event.commandId, (known) => trace(known, event));
  }
  const last = events.at(-1);
  return last
    ? { state, commands, revision: last.revision, position: last.position, recordedAt: last.recordedAt }
    : from;
}

function trace(known: CommandTrace | undefined, event: Recorded<DomainEvent>): CommandTrace {
  const { revision } = event;
  return known
    ? { ...known, lastRevision: revision }
    : { digest: event.request ?? '', firstRevision: revision, lastRevision: revision };
}

/**
 * Folded state of hot streams, bounded by the number of events folded in, to which a stream adds a few: one of 10,000
 * events weighs as much as some 700 of ten.
 */
export class FoldCache {
  private readonly entries = new Map<StreamName, { fold: object; folded: Folded<unknown> }>();
  private weight = 0;

  constructor(private readonly maxWeight: number) {}

  /** Only what this very fold has made: another fold on the same stream makes another state. */
  get<State, Event extends DomainEvent>(
    stream: StreamName,
    fold: Fold<State, Recorded<Event>>,
  ): Folded<State> | undefined {
    const entry = this.entries.get(stream);
    if (entry?.fold !== fold) return undefined;
    this.entries.delete(stream);
    this.entries.set(stream, entry);
    return entry.folded as Folded<State>;
  }

  set<State, Event extends DomainEvent>(
    stream: StreamName,
    fold: Fold<State, Recorded<Event>>,
    folded: Folded<State>,
  ): void {
    this.drop(stream);
    this.entries.set(stream, { fold, folded });
    this.weight += weigh(folded);
    for (const [oldest] of this.entries) {
      if (this.weight <= this.maxWeight || this.entries.size === 1) return;
      this.drop(oldest);
    }
  }

  drop(stream: StreamName): void {
    const entry = this.entries.get(stream);
    if (entry === undefined) return;
    this.entries.delete(stream);
    this.weight -= weigh(entry.folded);
  }
}

/** Beside its events: its name, its maps. */
const OF_STREAM = 5;

function weigh(folded: Folded<unknown>): number {
  return folded.revision + 1 + OF_STREAM;
}
