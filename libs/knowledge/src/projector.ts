import { streamKey, streamKind, type DomainEvent, type Recorded } from '#decider';
import type { CommissionEvent, CommissionId } from '#commission';
import { actorFold, type ActorEvent, type InstitutionEvent, type InstitutionId } from '#directory';
import type { Ledger } from '#event-store';
import {
  deferralFold,
  personFold,
  type ActivePerson,
  type DeferralEvent,
  type DeferralRevealed,
  type PersonEvent,
} from '#person';
import type { Change, Forgetting, Projector, Rows, Table } from '#read-store';
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
import { ELSEWHERE_KINDS, type Elsewhere, type ElsewhereEvent } from './elsewhere/elsewhere.js';
import { FollowedElsewhere } from './elsewhere/followed-elsewhere.js';
import { MENTION } from './elsewhere/mentions.projection.js';
import { DUTY } from './duties/duties.projection.js';
import { FINDING, TREATMENT } from './findings/findings.projection.js';
import { JudgedAgain } from './findings/judged-again.js';
import { FollowedStreams } from './followed-streams.js';
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
  MENTION,
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

const KINDS: ReadonlySet<string> = new Set([...ELSEWHERE_KINDS, 'person', 'deferral', 'actor', 'access']);

/** Of the streams that are remembered, all together: some sixty megabytes. */
const MAX_EVENTS = 20_000;

/**
 * Folds each stream as it goes by and says what every event changes. What persons’ rows rest on in other streams is
 * followed beside them; a fact there changes what is found about the persons whom it touches.
 */
export class KnowledgeProjector implements Projector {
  readonly tables = TABLES;
  readonly kinds = KINDS;
  private readonly streams: FollowedStreams;
  private readonly elsewhere: FollowedElsewhere;
  /** Of the event that was followed last. */
  private position = 0;

  constructor(
    private readonly ledger: Ledger,
    maxEvents = MAX_EVENTS,
  ) {
    this.streams = new FollowedStreams(ledger, maxEvents);
    this.elsewhere = new FollowedElsewhere(ledger);
  }

  async project(
    events: readonly Recorded<DomainEvent>[],
    rows: Rows,
  ): Promise<readonly (Change | Forgetting)[]> {
    const changes: (Change | Forgetting)[] = [];
    const again = new JudgedAgain(this.streams, rows);
    for (const [n, event] of events.entries()) {
      if (event.position <= this.position) this.startAnew();
      changes.push(...(await this.changesOf(event, again, isJudgedWith(event, events[n + 1]))));
      this.position = event.position;
    }
    return changes;
  }

  /** Events come again, after a batch that could not be stored: what is remembered is ahead of them. */
  private startAnew(): void {
    this.streams.forgetAll();
    this.elsewhere.forget();
  }

  private async changesOf(
    event: Recorded<DomainEvent>,
    again: JudgedAgain,
    isJudgedNext: boolean,
  ): Promise<readonly (Change | Forgetting)[]> {
    switch (streamKind(event.stream)) {
      case 'person': {
        again.wentBy(event.stream);
        const happened = event as Recorded<PersonEvent>;
        const { before, state, items } = await this.streams.follow(personFold, happened);
        // From the request of an erasure on, and whatever else is recorded until it is complete.
        if (state.status !== 'active' || state.erasureRequested) return [{ forget: streamKey(event.stream) }];
        const elsewhere = await this.elsewhere.before(event.position);
        const changes = personChanges(before, state, happened, items, elsewhere, isJudgedNext);
        return happened.type === 'DeferralRevealed' && before.status === 'active'
          ? [...(await this.revealed(before, happened, items, elsewhere)), ...changes]
          : changes;
      }
      case 'deferral': {
        const { state } = await this.streams.follow(deferralFold, event as Recorded<DeferralEvent>);
        if (state.status !== 'open' && state.status !== 'ended') return [];
        const deferring = await deferringAt(this.ledger, state, event);
        const elsewhere = await this.elsewhere.before(event.position);
        return deferring ? deferralChanges(deferring, event, elsewhere) : [];
      }
      case 'institution':
      case 'commission':
      case 'catalogue': {
        const happened = event as Recorded<ElsewhereEvent>;
        const { before, after } = await this.elsewhere.follow(happened);
        return [...elsewhereChanges(after, happened), ...(await again.after(before, after, happened))];
      }
      case 'actor': {
        const { state } = await this.streams.follow(actorFold, event as Recorded<ActorEvent>);
        return state.status === 'registered' ? actorChanges(state.name, event as Recorded<ActorEvent>) : [];
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
    elsewhere: Elsewhere,
  ): Promise<readonly Change[]> {
    const recordedMs = epochMs(event.recordedAt);
    const looks = await looksAt(this.ledger, event.data.deferral);
    const looked = looks.flatMap((look) => consultationChanges(before.identity.person, look));
    const changes = [...revealChanges(before, event, items, elsewhere), ...looked];
    return changes.map((change) => ({ ...change, recordedMs }));
  }
}

/** An act and what was assessed or told of it are of one append: what is found about it, is found once it has both. */
const WITH: Readonly<Record<string, string>> = {
  DisclosureRecorded: 'DisclosureAssessed',
  DisclosureReported: 'DisclosureExplained',
};

function isJudgedWith(event: Recorded<DomainEvent>, next: Recorded<DomainEvent> | undefined): boolean {
  return (
    next !== undefined &&
    next.type === WITH[event.type] &&
    next.stream === event.stream &&
    next.commandId === event.commandId
  );
}

/** What the streams say of themselves. */
function elsewhereChanges(
  { institutions, commissions }: Elsewhere,
  event: Recorded<ElsewhereEvent>,
): readonly Change[] {
  const key = streamKey(event.stream);
  switch (streamKind(event.stream)) {
    case 'institution': {
      const state = institutions.get(key as InstitutionId);
      return state ? institutionChanges(state, event as Recorded<InstitutionEvent>) : [];
    }
    case 'commission': {
      const state = commissions.get(key as CommissionId);
      return state ? commissionChanges(state, event as Recorded<CommissionEvent>) : [];
    }
    default:
      return [];
  }
}
