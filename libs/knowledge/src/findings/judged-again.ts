import { streamKey, type Recorded, type StreamName } from '#decider';
import { personFold, personStream, type Act, type ActivePerson, type PersonId } from '#person';
import { OPEN_END, type Change, type Row, type Rows } from '#read-store';
import { endMs, epochMs } from '#time';
import { owedAgain } from '../duties/affected-duties.js';
import type { Elsewhere, ElsewhereEvent } from '../elsewhere/elsewhere.js';
import { touchedBy, type Touching } from '../elsewhere/touching.js';
import type { FollowedStreams } from '../followed-streams.js';
import { rowsOfHolder, type Scoped } from '../item-rows.js';
import { ItemWays } from '../ways.js';
import { dutyFindings, judgedAgain, keepingFindings } from './findings.projection.js';
import { Judgements } from './judged.js';
import { actsNaming } from './touched.js';

/** The longest date that an act can bear is a year: it may begin so long before it is over. */
const LONGEST_DATE_MS = 366 * 24 * 3_600_000;

const NAMING = 'SELECT person FROM mention WHERE named = ?';
const ACTING = `SELECT DISTINCT person FROM edge WHERE recorded_to = ${OPEN_END} AND disclosure IS NOT NULL
  AND valid_from >= ?`;
const PARTIES = `SELECT DISTINCT from_holder, to_holder FROM edge WHERE person = ? AND recorded_to = ${OPEN_END}
  AND disclosure IS NOT NULL AND valid_from >= ?`;
const KEPT = `SELECT * FROM knowledge WHERE person = ? AND holder = ? AND recorded_to = ${OPEN_END}
  ORDER BY item, valid_from`;

/**
 * What facts of other streams change in what is found. Who is touched is looked up in the rows as they were before
 * the batch; persons whose events are in the batch are looked at anyway.
 */
export class JudgedAgain {
  private readonly went = new Set<StreamName>();

  constructor(
    private readonly streams: FollowedStreams,
    private readonly rows: Rows,
  ) {}

  /** An event of this stream is in the batch: the rows tell less of it than its state. */
  wentBy(stream: StreamName): void {
    this.went.add(stream);
  }

  async after(
    before: Elsewhere,
    after: Elsewhere,
    event: Recorded<ElsewhereEvent>,
  ): Promise<readonly Change[]> {
    const touching = touchedBy(before, after, event);
    if (!touching) return [];
    const scoped: Scoped[] = [];
    for (const person of this.persons(touching)) {
      const stream = personStream(person);
      const isInBatch = this.went.has(stream);
      if (isInBatch || this.mayAct(person, touching)) {
        const { state, items } = await this.streams.at(personFold, stream, event.position);
        if (state.status !== 'active' || state.erasureRequested) continue;
        const acts = actsTouched(state, touching);
        const judgements = new Judgements(state, after, items);
        scoped.push(...judgedAgain(judgements, acts), ...owedElsewhere(judgements, acts));
        if (isInBatch) scoped.push(...keepingOf(state, items, touching, after));
      }
      if (!isInBatch) scoped.push(...this.keepingByRows(person, touching, after));
    }
    return scoped.map((one) => ({ ...one, recordedMs: epochMs(event.recordedAt) }));
  }

  private persons({ named, fromMs, keeping }: Touching): ReadonlySet<PersonId> {
    const found =
      named === undefined
        ? this.rows(ACTING, fromMs - LONGEST_DATE_MS)
        : [...new Set([...named, ...keeping])].flatMap((key) => this.rows(NAMING, key));
    const inBatch = [...this.went].map((stream) => streamKey(stream) as PersonId);
    return new Set([...found.map((row) => row['person'] as PersonId), ...inBatch]);
  }

  /** Whether an act that is touched is on record; without it nobody's stream is read. */
  private mayAct(person: PersonId, { acts, fromMs }: Touching): boolean {
    return this.rows(PARTIES, person, fromMs - LONGEST_DATE_MS).some(
      ({ from_holder: from, to_holder: to }) =>
        acts === undefined || acts.has(from as string) || acts.has(to as string),
    );
  }

  private keepingByRows(person: PersonId, { keeping }: Touching, elsewhere: Elsewhere): readonly Scoped[] {
    return keeping.flatMap((holder) => {
      const rows = this.rows(KEPT, person, holder) as readonly Row[];
      return [...new Set(rows.map((row) => row['item'] as string))].map((item) => {
        const own = rows.filter((row) => row['item'] === item);
        return keepingFindings(person, item, holder, own, elsewhere);
      });
    });
  }
}

/** What is owed about sessions, which end elsewhere, and about reports, which are judged anew. */
function owedElsewhere(judgements: Judgements, acts: readonly Act[]): readonly Scoped[] {
  const asked = acts.filter(({ session, reported }) => reported || session !== undefined);
  return owedAgain(judgements, asked).flatMap((one) => [
    one,
    dutyFindings(judgements.person.identity.person, one.scope['subject'] as string, one.rows),
  ]);
}

function actsTouched(person: ActivePerson, { acts, fromMs }: Touching) {
  const all = acts === undefined ? [...person.acts.values()] : actsNaming(person, acts);
  return all.filter(({ effectiveAt }) => endMs(effectiveAt) > fromMs);
}

function keepingOf(
  person: ActivePerson,
  remembered: ReadonlyMap<string, ItemWays>,
  { keeping }: Touching,
  elsewhere: Elsewhere,
): readonly Scoped[] {
  return [...person.items.keys()].flatMap((item) => {
    const ways = remembered.get(item) ?? ItemWays.of(person, item);
    return keeping
      .filter((holder) => ways.of(holder).length > 0)
      .map((holder) => {
        const { rows } = rowsOfHolder(person, item, ways, holder);
        return keepingFindings(person.identity.person, item, holder, rows, elsewhere);
      });
  });
}
