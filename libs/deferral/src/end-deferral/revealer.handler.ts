import { createHash } from 'node:crypto';
import { accept, uuid8, type Recorded } from '#decider';
import type { Ledger } from '#event-store';
import {
  deferralOf,
  personFold,
  personStream,
  type Deferrals,
  type DeferralEvent,
  type DeferralRevealed,
} from '#person';

/**
 * Hands over to the person what a deferral covered, once it has ended: whoever does it, and how often. A crash between
 * the end and this is made good by the reaction that follows the ledger.
 */
export class Revealer {
  /** Of a deferral's events, those that it reacts to. */
  static readonly reads: ReadonlySet<string> = new Set(['InformationDeferralEnded']);

  constructor(
    private readonly ledger: Ledger,
    private readonly deferrals: Deferrals,
  ) {}

  /** @returns the ledger's position once it is on record; undefined where there is nothing to hand over */
  async react(event: Recorded<DeferralEvent>): Promise<number | undefined> {
    if (event.type !== 'InformationDeferralEnded') return undefined;
    const id = deferralOf(event.stream);
    const found = await this.deferrals.known(id);
    if (!found) return undefined;
    const data: DeferralRevealed['data'] = { deferral: id, facts: await this.deferrals.placed(found) };
    const stream = personStream(found.deferral.data.person);
    const outcome = await this.ledger.decide(stream, personFold, contextOf(event), (person) =>
      person.status === 'active' && !person.revealed.includes(id)
        ? accept<DeferralRevealed>({ type: 'DeferralRevealed', data })
        : accept(),
    );
    if (outcome.kind === 'contended') throw new Error('Others kept recording about this person.');
    return outcome.kind === 'recorded' ? outcome.position : undefined;
  }
}

/** The same command for the same end on every node. Whoever ended it tells the person. */
function contextOf(event: Recorded<DeferralEvent>) {
  return {
    actor: event.actor,
    commandId: uuid8<'Command'>(createHash('sha256').update(`reveal ${event.id}`).digest()),
    digest: event.id,
    correlationId: event.correlationId,
    causationId: event.id,
  };
}
