import { streamKind, type DomainEvent, type Fold, type Recorded, type StreamName } from '#decider';
import { commissionFold, type CommissionEvent } from '#commission';
import { actorFold, institutionFold, type ActorEvent, type InstitutionEvent } from '#directory';
import type { Ledger } from '#event-store';
import { personFold, type PersonEvent } from '#person';
import type { Change, Projector, Table } from '#read-store';
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
import { LABEL, PERSON_INDEX } from './labels.projection.js';
import { personChanges } from './person.projection.js';
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
];

const MAX_STREAMS = 20_000;
const PAGE = 500;

interface Following {
  readonly state: unknown;
  readonly revision: number;
}

/**
 * Folds each stream as it goes by and says what every event changes. What it remembers of streams is a
 * cache: a stream it does not remember at the right revision is read again from the ledger.
 */
export class KnowledgeProjector implements Projector {
  readonly tables = TABLES;
  private readonly following = new Map<StreamName, Following>();

  constructor(private readonly ledger: Ledger) {}

  async project(events: readonly Recorded<DomainEvent>[]): Promise<readonly Change[]> {
    const changes: Change[] = [];
    for (const event of events) changes.push(...(await this.changesOf(event)));
    return changes;
  }

  private async changesOf(event: Recorded<DomainEvent>): Promise<readonly Change[]> {
    switch (streamKind(event.stream)) {
      case 'person': {
        const state = await this.follow(personFold, event as Recorded<PersonEvent>);
        return state.status === 'active' ? personChanges(state, event as Recorded<PersonEvent>) : [];
      }
      case 'institution': {
        const state = await this.follow(institutionFold, event as Recorded<InstitutionEvent>);
        return institutionChanges(state, event as Recorded<InstitutionEvent>);
      }
      case 'actor': {
        const state = await this.follow(actorFold, event as Recorded<ActorEvent>);
        return state.status === 'registered' ? actorChanges(state.name, event as Recorded<ActorEvent>) : [];
      }
      case 'commission': {
        const state = await this.follow(commissionFold, event as Recorded<CommissionEvent>);
        return state.status === 'constituted'
          ? commissionChanges(state, event as Recorded<CommissionEvent>)
          : [];
      }
      default:
        return [];
    }
  }

  /** The stream's state after this event. */
  private async follow<State, Event extends DomainEvent>(
    fold: Fold<State, Recorded<Event>>,
    event: Recorded<Event>,
  ): Promise<State> {
    const { stream, revision } = event;
    const known = this.following.get(stream);
    const before =
      known?.revision === revision - 1 ? (known.state as State) : await this.before(fold, stream, revision);
    const state = fold.evolve(before, event);
    this.following.delete(stream);
    this.following.set(stream, { state, revision });
    if (this.following.size > MAX_STREAMS) this.following.delete(this.following.keys().next().value!);
    return state;
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
