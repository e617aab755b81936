import { streamKey, streamKind, type DomainEvent, type Fold, type Recorded, type StreamName } from '#decider';
import { commissionFold, type CommissionEvent } from '#commission';
import { actorFold, institutionFold, type ActorEvent, type InstitutionEvent } from '#directory';
import type { Ledger } from '#event-store';
import {
  deferralFold,
  personFold,
  type ActivePerson,
  type DeferralEvent,
  type DeferralRevealed,
  type PersonEvent,
} from '#person';
import type { Change, Forgetting, Projector, Table } from '#read-store';
import { epochMs } from '#time';
import { CASE } from './cases.projection.js';
import { commissionChanges, SEAT } from './commission.projection.js';
import { WILL } from './consents/consents.projection.js';
import {
  ACTOR,
  actorChanges,
  COVERAGE,
  INSTITUTION,
  institutionChanges,
  MANDATE,
} from './directory.projection.js';
import { CONSULTATION, consultationChanges } from './consultations/consultations.projection.js';
import { DEFERRAL, deferralChanges } from './deferrals/deferrals.projection.js';
import { deferringAt, looksAt } from './deferrals/deferring.js';
import { DUTY } from './duties/duties.projection.js';
import { FINDING, TREATMENT } from './findings/findings.projection.js';
import { LABEL, PERSON_INDEX } from './labels.projection.js';
import { personChanges, revealChanges, type RememberedItems } from './person.projection.js';
import { REGISTER } from './register/register.projection.js';
import { TIMELINE } from './timeline/timeline.projection.js';
import { EDGE } from './trail/trail.projection.js';
import { KNOWLEDGE } from './who-knows/who-knows.projection.js';

/** Every table of the read models: the one visible list. */
export const TABLES: readonly Table[] = [
  INSTITUTION,
  MANDATE,
  ACTOR,
  COVERAGE,
  SEAT,
  CASE,
  LABEL,
  PERSON_INDEX,
  WILL,
  EDGE,
  KNOWLEDGE,
  REGISTER,
  TIMELINE,
  CONSULTATION,
  DEFERRAL,
  DUTY,
  FINDING,
  TREATMENT,
];

/** Of the streams that are remembered, all together: some two hundred megabytes. */
const MAX_EVENTS = 200_000;
const PAGE = 500;

interface Following {
  readonly state: unknown;
  readonly revision: number;
  readonly items: RememberedItems;
}

/**
 * Folds each stream as it goes by and says what every event changes. What it remembers of streams is a
 * cache: a stream it does not remember at the right revision is read again from the ledger.
 */
export class KnowledgeProjector implements Projector {
  readonly tables = TABLES;
  private readonly following = new Map<StreamName, Following>();

  private events = 0;

  constructor(
    private readonly ledger: Ledger,
    private readonly maxEvents = MAX_EVENTS,
  ) {}

  async project(events: readonly Recorded<DomainEvent>[]): Promise<readonly (Change | Forgetting)[]> {
    const changes: (Change | Forgetting)[] = [];
    for (const event of events) changes.push(...(await this.changesOf(event)));
    return changes;
  }

  private async changesOf(event: Recorded<DomainEvent>): Promise<readonly (Change | Forgetting)[]> {
    switch (streamKind(event.stream)) {
      case 'person': {
        const { before, state, items } = await this.follow(personFold, event as Recorded<PersonEvent>);
        // From the request of an erasure on, and whatever else is recorded until it is complete.
        if (state.status !== 'active' || state.erasureRequested) return [{ forget: streamKey(event.stream) }];
        const changes = personChanges(before, state, event as Recorded<PersonEvent>, items);
        return event.type === 'DeferralRevealed' && before.status === 'active'
          ? [...(await this.revealed(before, event as Recorded<DeferralRevealed>, items)), ...changes]
          : changes;
      }
      case 'deferral': {
        const { state } = await this.follow(deferralFold, event as Recorded<DeferralEvent>);
        if (state.status !== 'open' && state.status !== 'ended') return [];
        const deferring = await deferringAt(this.ledger, state, event);
        return deferring ? deferralChanges(deferring, event) : [];
      }
      case 'institution': {
        const { state } = await this.follow(institutionFold, event as Recorded<InstitutionEvent>);
        return institutionChanges(state, event as Recorded<InstitutionEvent>);
      }
      case 'actor': {
        const { state } = await this.follow(actorFold, event as Recorded<ActorEvent>);
        return state.status === 'registered' ? actorChanges(state.name, event as Recorded<ActorEvent>) : [];
      }
      case 'commission': {
        const { state } = await this.follow(commissionFold, event as Recorded<CommissionEvent>);
        return state.status === 'constituted'
          ? commissionChanges(state, event as Recorded<CommissionEvent>)
          : [];
      }
      case 'access':
        return event.type === 'StreamClosed'
          ? [{ forget: streamKey(event.stream) }]
          : consultationChanges(streamKey(event.stream), event);
      default:
        return [];
    }
  }

  /** What a deferral covered, and who looked at it meanwhile. */
  private async revealed(
    before: ActivePerson,
    event: Recorded<DeferralRevealed>,
    items: RememberedItems,
  ): Promise<readonly Change[]> {
    const recordedMs = epochMs(event.recordedAt);
    const looks = await looksAt(this.ledger, event.data.deferral);
    const looked = looks.flatMap((look) => consultationChanges(before.identity.person, look));
    const changes = [...revealChanges(before, event, items), ...looked];
    return changes.map((change) => ({ ...change, recordedMs }));
  }

  /** The stream's state before and after this event. */
  private async follow<State, Event extends DomainEvent>(
    fold: Fold<State, Recorded<Event>>,
    event: Recorded<Event>,
  ): Promise<{ before: State; state: State; items: RememberedItems }> {
    const { stream, revision } = event;
    const known = this.recall(stream, revision - 1);
    const before = known ? (known.state as State) : await this.before(fold, stream, revision);
    const state = fold.evolve(before, event);
    const items: RememberedItems = known?.items ?? new Map();
    this.remember(stream, { state, revision, items });
    return { before, state, items };
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

  private async before<State, Event extends DomainEvent>(
    fold: Fold<State, Recorded<Event>>,
    stream: StreamName,
    revision: number,
  ): Promise<State> {
    let state = fold.initial;
    for (let from = 0; from < revision; from += PAGE) {
      const page = await this.ledger.store.read(stream, from, Math.min(PAGE, revision - from));
      for (const event of await this.ledger.codec.openWhatRemains(page))
        if (event) state = fold.evolve(state, event as Recorded<Event>);
    }
    return state;
  }
}
