import { createHash } from 'node:crypto';
import { uuid8, type Recorded } from '#decider';
import { StreamErased, type Ledger } from '#event-store';
import { accessStream, type PersonId } from '../person.ids.js';
import type { LedgerSearched } from './access.events.js';
import { accessFold, consult } from './access.js';

/** Traces that are written together: some twenty milliseconds, in which nobody else has a turn. */
const AT_ONCE = 128;

/** Leaves every person whom a search named the trace of it, once, whoever else does so at the same time. */
export class SearchFollower {
  static readonly reads: ReadonlySet<string> = new Set(['LedgerSearched']);

  constructor(private readonly ledger: Ledger) {}

  async react(search: Recorded<LedgerSearched>): Promise<void> {
    const { persons } = search.data;
    for (let from = 0; from < persons.length; from += AT_ONCE)
      await Promise.all(persons.slice(from, from + AT_ONCE).map((person) => this.trace(search, person)));
  }

  private async trace(search: Recorded<LedgerSearched>, person: PersonId): Promise<void> {
    const { by, reason, question } = search.data;
    const look = { by, reason, question };
    try {
      const outcome = await this.ledger.decide(
        accessStream(person),
        accessFold,
        contextOf(search, person),
        (access) => consult(access, look, search.recordedAt),
      );
      if (outcome.kind === 'contended') throw new Error('Others kept recording who looked at this person.');
    } catch (error) {
      // Of somebody who was erased, nothing is kept any more: this neither.
      if (!(error instanceof StreamErased)) throw error;
    }
  }
}

/** The same command for the same search and person on every node, so that a second one records nothing. */
function contextOf(search: Recorded<LedgerSearched>, person: PersonId) {
  return {
    actor: search.actor,
    commandId: uuid8<'Command'>(createHash('sha256').update(`search ${search.id} ${person}`).digest()),
    digest: search.id,
    correlationId: search.correlationId,
    causationId: search.id,
  };
}
