import type { Ledger } from '#event-store';
import { KnownPersons, notFound } from '#http';
import { personStream, type PersonId } from './person.ids.js';
import { personFold } from './person.js';

/** As the ledger itself has it: also what read models do not show yet. */
export class LedgerPersons extends KnownPersons {
  constructor(private readonly ledger: Ledger) {
    super();
  }

  async mustKnow(person: PersonId): Promise<void> {
    const { state } = await this.ledger.load(personStream(person), personFold);
    if (state.status !== 'active' || state.erasureRequested) throw notFound();
  }
}
