import type { DomainEvent, Fold, Recorded, StreamName } from '#decider';
import type { Ledger } from '#event-store';
import type { RememberedItems } from './person.projection.js';

export interface Following<State = unknown> {
  readonly state: State;
  readonly revision: number;
  readonly items: RememberedItems;
}

/**
 * The states of streams as they go by. What it remembers is a cache: a stream it does not remember at the right
 * revision is read again from the ledger.
 */
export class FollowedStreams {
  private readonly following = new Map<StreamName, Following>();
  private events = 0;

  constructor(
    private readonly ledger: Ledger,
    private readonly maxEvents: number,
  ) {}

  /** The stream's state before and after this event. */
  async follow<State, Event extends DomainEvent>(
    fold: Fold<State, Recorded<Event>>,
    event: Recorded<Event>,
  ): Promise<{ before: State; state: State; items: RememberedItems }> {
    const { stream, revision } = event;
    const known = this.recall(stream, revision - 1);
    const before =
      revision === 0
        ? fold.initial
        : known
          ? (known.state as State)
          : (await this.read(fold, stream, (one) => one.revision < revision)).state;
    const state = fold.evolve(before, event);
    const items: RememberedItems = known?.items ?? new Map();
    this.remember(stream, { state, revision, items });
    return { before, state, items };
  }

  /** The stream as of what was recorded before a position. Callers MUST have followed everything before it. */
  async at<State, Event extends DomainEvent>(
    fold: Fold<State, Recorded<Event>>,
    stream: StreamName,
    position: number,
  ): Promise<Following<State>> {
    const known = this.following.get(stream);
    if (known) return known as Following<State>;
    const { state, revision } = await this.read(fold, stream, (one) => one.position < position);
    const following = { state, revision, items: new Map() };
    this.remember(stream, following);
    return following;
  }

  forgetAll(): void {
    this.following.clear();
    this.events = 0;
  }

  /** Takes it out: what it remembers of items is brought forward in place, and is of no use at another revision. */
  private recall(stream: StreamName, revision: number): Following | undefined {
    const known = this.following.get(stream);
    if (!known) return undefined;
    this.following.delete(stream);
    this.events -= known.revision + 1;
    return known.revision === revision ? known : undefined;
  }

  /** The newest stays, however long it is. */
  private remember(stream: StreamName, following: Following): void {
    this.following.set(stream, following);
    this.events += following.revision + 1;
    for (const [oldest, { revision }] of this.following) {
      if (this.events <= this.maxEvents || this.following.size === 1) return;
      this.following.delete(oldest);
      this.events -= revision + 1;
    }
  }

  private async read<State, Event extends DomainEvent>(
    fold: Fold<State, Recorded<Event>>,
    stream: StreamName,
    isWanted: (event: { readonly revision: number; readonly position: number }) => boolean,
  ): Promise<{ state: State; revision: number }> {
    let state = fold.initial;
    let revision = -1;
    for await (const page of this.ledger.pages(stream)) {
      const wanted = page.filter(isWanted);
      for (const event of await this.ledger.codec.openWhatRemains(wanted))
        if (event) state = fold.evolve(state, event as Recorded<Event>);
      revision = wanted.at(-1)?.revision ?? revision;
      if (wanted.length < page.length) break;
    }
    return { state, revision };
  }
}
