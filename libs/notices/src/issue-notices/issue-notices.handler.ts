import { createHash, randomUUID } from 'node:crypto';
import { accept, uuid8, type DomainEvent, type Recorded } from '#decider';
import type { Ledger, Outcome } from '#event-store';
import {
  deferralFold,
  personFold,
  withPlaced,
  type DeferralEvent,
  type Deferrals,
  type PersonEvent,
} from '#person';
import { ENDING } from '../reached.js';
import { issueDeferred, issueNotices, type IssueNotices } from './issue-notices.js';

const PAGE = 500;
/** The reaction acts in its own name: the reason of a notice is the event that it names. */
const REACTION = { kind: 'client', id: 'sillage-notices' } as const;

/** Issues the notices that follow from one event, once, whoever else does so at the same time. */
export class NoticeIssuer {
  /** Of the person's events, those that it reacts to. */
  static readonly reads: ReadonlySet<string> = ENDING;

  constructor(
    private readonly ledger: Ledger,
    private readonly deferrals: Deferrals,
  ) {}

  async react(event: Recorded<PersonEvent>): Promise<void> {
    if (!ENDING.has(event.type)) return;
    const { before, after } = await this.around(event);
    if (before.status !== 'active' || after.status !== 'active') return;
    const request = { event, before, after, newId: randomUUID };
    const outcome = await this.ledger.decide(event.stream, personFold, contextOf(event), (person) =>
      person.status === 'active' ? issueNotices(person, request, this.ledger.clock.now()) : accept(),
    );
    mustBeSettled(outcome);
    await this.reactInDeferrals({ event, before, after, newId: randomUUID });
  }

  /** Whoever is reached by what only a deferral tells: their notice stands on its stream, like the act. */
  private async reactInDeferrals({ event, before, after, newId }: IssueNotices): Promise<void> {
    for (const { stream, placed } of await this.deferrals.openAbout(after.identity.person)) {
      const earlier = placed.filter(({ behind }) => behind < event.revision);
      const known = withPlaced(after, earlier);
      const request = { event, before: withPlaced(before, earlier), after: known, newId };
      const outcome = await this.ledger.decide(stream, deferralFold, contextOf(event), (deferral) =>
        deferral.status === 'open'
          ? issueDeferred(after, known, request, this.ledger.clock.now())
          : accept<DeferralEvent>(),
      );
      mustBeSettled(outcome);
    }
  }

  /** The person as they were just before the event, and with it. */
  private async around({ stream, revision }: Recorded<PersonEvent>) {
    let state = personFold.initial;
    let before = state;
    for (let from = 0; from <= revision; from += PAGE) {
      const page = await this.ledger.store.read(stream, from, Math.min(PAGE, revision + 1 - from));
      for (const event of await this.ledger.codec.openWhatRemains(page)) {
        if (!event) continue;
        before = state;
        state = personFold.evolve(state, event as Recorded<PersonEvent>);
      }
    }
    return { before, after: state };
  }
}

/** The same command for the same event on every node, so that a second one records nothing. */
function contextOf(event: Recorded<PersonEvent>) {
  return {
    actor: REACTION,
    commandId: uuid8<'Command'>(createHash('sha256').update(`notices ${event.id}`).digest()),
    digest: event.id,
    correlationId: event.correlationId,
    causationId: event.id,
  };
}

function mustBeSettled(outcome: Outcome<DomainEvent>): void {
  if (outcome.kind === 'contended') throw new Error('Others kept recording about this person.');
}
