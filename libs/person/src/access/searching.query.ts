import { randomUUID } from 'node:crypto';
import { asId, accept, type Actor, type Fold, type Recorded } from '#decider';
import { commandOnce, type Ledger } from '#event-store';
import { answer } from '#http';
import { epochMs } from '#time';
import type { Deferrals } from '../deferral/deferrals.js';
import { lookAtDeferral } from '../deferral/looking.query.js';
import { searchStream, type DeferralId, type PersonId } from '../person.ids.js';
import type { LedgerSearched, Reason, SearchData } from './access.events.js';
import { askerOf, reasonMissing } from './consulting.query.js';
import { RecentHour } from './recent.js';

const MOST_PERSONS = 1000;
const NOTHING: Fold<null, Recorded<LedgerSearched>> = { initial: null, evolve: (state) => state };

/** A row of an answer: whom it names, and by which deferral, if it is by one. */
export interface SearchedRow {
  readonly person: string;
  readonly deferral: string | null;
}

/** Questions over many persons, and whom their answers name. */
export class Searches {
  private readonly recent = new RecentHour();

  constructor(
    private readonly ledger: Ledger,
    private readonly deferrals: Deferrals,
  ) {}

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
    rows: readonly SearchedRow[],
  ): Promise<void> {
    const by = askerOf(caller);
    if (!by) return;
    if (reason === undefined) throw reasonMissing();
    const nowMs = epochMs(this.ledger.clock.now());
    const search = JSON.stringify([by, reason, asked]);
    const keyOf = (person: PersonId) => search + person;
    const told = rows.filter(({ deferral }) => deferral === null);
    const named = [...new Set(told.map(({ person }) => asId<'Person'>(person)))];
    const persons = named.filter((person) => !this.recent.has(keyOf(person), nowMs));
    for (let from = 0; from < persons.length; from += MOST_PERSONS)
      await this.append(caller, { by, reason, ...asked, persons: persons.slice(from, from + MOST_PERSONS) });
    for (const person of persons) this.recent.add(keyOf(person), nowMs);
    for (const deferral of new Set(rows.flatMap((row) => row.deferral ?? [])))
      await this.recordDeferred(caller, reason, asked.question, asId<'Deferral'>(deferral));
  }

  /** What names the person only by a deferral leaves its trace there: among theirs it would tell that there is one. */
  private async recordDeferred(
    caller: Actor,
    reason: Reason,
    question: string,
    about: DeferralId,
  ): Promise<void> {
    const found = await this.deferrals.known(about);
    if (found) await lookAtDeferral(this.ledger, caller, found, { reason }, { question, about });
  }

  private async append(actor: Actor, data: SearchData): Promise<void> {
    const stream = searchStream(asId<'Search'>(randomUUID()));
    const outcome = await this.ledger.decide(stream, NOTHING, commandOnce(actor), () =>
      accept<LedgerSearched>({ type: 'LedgerSearched', data }),
    );
    answer(outcome, () => ({}));
  }
}
