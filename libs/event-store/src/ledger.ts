import type { Decision, DomainEvent, Fold, Recorded, Rejection, StreamName } from '#decider';
import { later, type Clock } from '#time';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventCodec, type Sealer, type Upcasters } from './codec.js';
import type { CommandContext } from './command-context.js';
import { advance, empty, FoldCache, type CommandTrace, type Folded } from './fold-cache.js';
import { Turns } from './turns.js';
import { pagesOf, pagesOfAll } from './pages.js';
import {
  NO_STREAM,
  OutcomeUnknown,
  START,
  type AppendResult,
  type EventStore,
  type EventToAppend,
  type StoredEvent,
} from './store.js';

const MAX_ATTEMPTS = 4;
const RESEND_DELAYS_MS = [0, 50, 250, 1000];
/** Some fifty megabytes of folded states. */
const CACHED_EVENTS = 30_000;

export type Outcome<Event extends DomainEvent> =
  /** `events` is empty when it was already true. `repeated`: this command was recorded before. */
  | {
      readonly kind: 'recorded';
      readonly events: readonly Recorded<Event>[];
      readonly repeated: boolean;
      readonly revision: number;
      readonly position: number;
    }
  | { readonly kind: 'rejected'; readonly rejection: Rejection; readonly position: number }
  /** The command id was used for another request. */
  | { readonly kind: 'key-reused' }
  /** The stream is not at the revision that the caller saw. */
  | { readonly kind: 'precondition-failed'; readonly revision: number }
  /** Other writers were faster, several times in a row. */
  | { readonly kind: 'contended' };

/** `revision`: that of the state; NO_STREAM where there is none yet. */
export type Decide<State, Event extends DomainEvent> = (
  state: State,
  revision: number,
) => Decision<Event> | Promise<Decision<Event>>;

/**
 * Decisions on streams: read or take from cache, fold, decide, seal, append at the revision that was read;
 * when somebody else was first, decide again on what they left.
 */
export class Ledger {
  private readonly cache = new FoldCache(CACHED_EVENTS);
  private readonly turns = new Turns<StreamName>();
  readonly codec: EventCodec;

  constructor(
    readonly store: EventStore,
    sealer: Sealer,
    readonly clock: Clock,
    upcasters: Upcasters = {},
  ) {
    this.codec = new EventCodec(sealer, upcasters);
  }

  /** Commands on one stream wait for each other here, so that only other nodes can make them conflict. */
  decide<State, Event extends DomainEvent>(
    stream: StreamName,
    fold: Fold<State, Recorded<Event>>,
    context: CommandContext,
    decide: Decide<State, Event>,
  ): Promise<Outcome<Event>> {
    return this.turns.run(stream, () => this.attempt(stream, fold, context, decide));
  }

  /** The stream's state as the store has it now. */
  async load<State, Event extends DomainEvent>(
    stream: StreamName,
    fold: Fold<State, Recorded<Event>>,
  ): Promise<Folded<State>> {
    const cached = this.cache.get(stream, fold);
    const head = await this.store.head(stream);
    if (cached && cached.revision === (head?.revision ?? NO_STREAM)) return cached;
    return this.catchUp(stream, fold, cached);
  }

  /** @see pagesOf */
  pages(stream: StreamName): AsyncGenerator<readonly StoredEvent[], void> {
    return pagesOf(this.store, stream);
  }

  /** All that was recorded in streams of these kinds. @see pagesOfAll */
  pagesOfKinds(kinds: readonly string[]): AsyncGenerator<readonly StoredEvent[], void> {
    return pagesOfAll(this.store, START, { kinds });
  }

  /** Removes the stream's events for good, and what is remembered of them here. @see EventStore.erase */
  erase(stream: StreamName): Promise<void> {
    return this.turns.run(stream, async () => {
      this.cache.drop(stream);
      await this.store.erase(stream);
    });
  }

  private async attempt<State, Event extends DomainEvent>(
    stream: StreamName,
    fold: Fold<State, Recorded<Event>>,
    context: CommandContext,
    decide: Decide<State, Event>,
  ): Promise<Outcome<Event>> {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      const folded = this.cache.get(stream, fold) ?? (await this.catchUp(stream, fold, undefined));
      const settled = await this.settle(stream, fold, context, decide, folded);
      if (settled) return settled;
      await this.catchUp(stream, fold, folded);
    }
    return { kind: 'contended' };
  }

  /** One attempt on one state; undefined when that state turns out not to be the newest. */
  private async settle<State, Event extends DomainEvent>(
    stream: StreamName,
    fold: Fold<State, Recorded<Event>>,
    context: CommandContext,
    decide: Decide<State, Event>,
    folded: Folded<State>,
  ): Promise<Outcome<Event> | undefined> {
    const known = folded.commands.get(context.commandId);
    if (known) return this.repeat<Event>(stream, known, context);
    const { expectedRevision } = context;
    if (expectedRevision !== undefined && expectedRevision !== folded.revision)
      return (await this.isHead(stream, folded))
        ? { kind: 'precondition-failed', revision: folded.revision }
        : undefined;
    const decision = await decide(folded.state, folded.revision);
    if (decision.kind === 'accepted' && decision.events.length > 0)
      return this.record(stream, fold, context, folded, decision.events);
    // Read before the head is confirmed: the answer holds at this position, not only at some earlier one.
    const position = folded.revision === NO_STREAM ? await this.store.end() : folded.position;
    // Nothing to append, so no append checks the revision: another node may know better.
    if (!(await this.isHead(stream, folded))) return undefined;
    if (decision.kind === 'rejected') return { kind: 'rejected', rejection: decision.rejection, position };
    return { kind: 'recorded', events: [], repeated: false, revision: folded.revision, position };
  }

  private async record<State, Event extends DomainEvent>(
    stream: StreamName,
    fold: Fold<State, Recorded<Event>>,
    context: CommandContext,
    folded: Folded<State>,
    events: readonly Event[],
  ): Promise<Outcome<Event> | undefined> {
    const now = this.clock.now();
    const recordedAt = folded.recordedAt ? later(now, folded.recordedAt) : now;
    const encoded = await this.codec.encode(stream, folded.revision + 1, recordedAt, context, events);
    const toAppend = encoded.map((one) => one.toAppend);
    const result = await this.send(stream, toAppend, folded.revision);
    if (result.kind === 'conflict') return undefined;
    // The store tells the position of the last event only; no fold looks at positions.
    const recorded = encoded.map((one) => one.recordedAt(result.position)) as Recorded<Event>[];
    this.cache.set(stream, fold, advance(fold, folded, recorded));
    return { kind: 'recorded', events: recorded, repeated: false, ...head(result) };
  }

  /** An unknown outcome is settled by sending the same bytes again: the store tells the two apart. */
  private async send(
    stream: StreamName,
    events: readonly EventToAppend[],
    expectedRevision: number,
  ): Promise<AppendResult> {
    let cause: OutcomeUnknown | undefined;
    for (const delayMs of RESEND_DELAYS_MS) {
      if (delayMs > 0) await sleep(delayMs);
      try {
        return await this.store.append(stream, events, expectedRevision);
      } catch (error) {
        this.cache.drop(stream);
        if (error instanceof OutcomeUnknown) cause = error;
        // That a later try failed says nothing about the first: it stays unknown.
        else if (!cause) throw error;
      }
    }
    throw new OutcomeUnknown(
      'The store did not say whether this was recorded. Repeat it with the same key.',
      {
        cause,
      },
    );
  }

  private async repeat<Event extends DomainEvent>(
    stream: StreamName,
    known: CommandTrace,
    context: CommandContext,
  ): Promise<Outcome<Event>> {
    if (known.digest !== context.digest) return { kind: 'key-reused' };
    const count = known.lastRevision - known.firstRevision + 1;
    const stored = await this.store.read(stream, known.firstRevision, count);
    const events = (await this.codec.open(stored)) as Recorded<Event>[];
    return { kind: 'recorded', events, repeated: true, ...head(stored.at(-1)!) };
  }

  private async isHead(stream: StreamName, folded: Folded<unknown>): Promise<boolean> {
    return ((await this.store.head(stream))?.revision ?? NO_STREAM) === folded.revision;
  }

  private async catchUp<State, Event extends DomainEvent>(
    stream: StreamName,
    fold: Fold<State, Recorded<Event>>,
    from: Folded<State> | undefined,
  ): Promise<Folded<State>> {
    let folded = from ?? empty(fold);
    for await (const page of pagesOf(this.store, stream, folded.revision + 1))
      folded = advance(fold, folded, (await this.codec.open(page)) as Recorded<Event>[]);
    this.cache.set(stream, fold, folded);
    return folded;
  }
}

function head({ revision, position }: { revision: number; position: number }) {
  return { revision, position };
}
