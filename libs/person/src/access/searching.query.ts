import { randomUUID } from 'node:crypto';
import { asId, accept, type Actor, type Fold, type Recorded } from '#decider';
import type { Ledger } from '#event-store';
import { answer } from '#http';
import { epochMs } from '#time';
import { searchStream, type PersonId } from '../person.ids.js';
import type { LedgerSearched, Reason, SearchData } from './access.events.js';
import { askerOf, reasonMissing } from './consulting.query.js';
import { RecentHour } from './recent.js';

const MOST_PERSONS = 1000;
const NOTHING: Fold<null, Recorded<LedgerSearched>> = { initial: null, evolve: (state) => state };

/** Questions over many persons, and whom their answers name. */
export class Searches {
  private readonly recent = new RecentHour();

  constructor(private readonly ledger: Ledger) {}

  /**
   * Records one page of an answer before it is sent: resolves when it is on disk. Whom the same question named to the
   * same asker within the hour is not named again.
   * @throws a Problem 400 where the reason is missing, and whatever keeps it from being recorded: then nothing is
   * answered
   */
  async record(
    caller: Actor,
    { reason }: { readonly reason?: Reason },
    asked: Pick<SearchData, 'question' | 'institution'>,
    rows: readonly { readonly person: string }[],
  ): Promise<void> {
    const by = askerOf(caller);
    if (!by) return;
    if (reason === undefined) throw reasonMissing();
    const nowMs = epochMs(this.ledger.clock.now());
    const keyOf = (person: PersonId) => JSON.stringify([by, reason, asked, person]);
    const named = [...new Set(rows.map(({ person }) => asId<'Person'>(person)))];
    const persons = named.filter((person) => !this.recent.has(keyOf(person), nowMs));
    for (let from = 0; from < persons.length; from += MOST_PERSONS)
      await this.append(caller, { by, reason, ...asked, persons: persons.slice(from, from + MOST_PERSONS) });
    for (const person of persons) this.recent.add(keyOf(person), nowMs);
  }

  private async append(actor: Actor, data: SearchData): Promise<void> {
    const context = {
      actor,
      commandId: asId<'Command'>(randomUUID()),
      digest: '',
      correlationId: asId<'Correlation'>(randomUUID()),
    };
    const stream = searchStream(asId<'Search'>(randomUUID()));
    const outcome = await this.ledger.decide(stream, NOTHING, context, () =>
      accept<LedgerSearched>({ type: 'LedgerSearched', data }),
    );
    answer(outcome, () => ({}));
  }
}
