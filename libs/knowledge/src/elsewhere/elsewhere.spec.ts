import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { streamKind, type DomainEvent, type Recorded } from '#decider';
import { personFold, type ActivePerson, type PersonEvent } from '#person';
import { AS_KNOWN, AS_VALID, OPEN_END, type ReadStore } from '#read-store';
import { addDays, civilDate, endMs, epochMs } from '#time';
import { dutyRows } from '../duties/duties.projection.js';
import { lapseRows, readingOf } from '../duties/lapses.js';
import { owedAbout } from '../duties/owed.js';
import { allFindings } from '../findings/all-findings.js';
import { factsOf, idOf } from '../findings/findings.projection.js';
import { Judgements } from '../findings/judged.js';
import { naiveFindings } from '../findings/naive.testing.js';
import { elsewhereFold, type Elsewhere, type ElsewhereEvent } from './elsewhere.js';
import { dumpOf, projected } from './ledger.testing.js';
import { ledgers } from './stories.testing.js';

let folder: string;
let n = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-elsewhere-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const path = () => join(folder, `${n++}.db`);

/** Everything folded at once. */
function statesOf(events: readonly Recorded<DomainEvent>[]): [ActivePerson, Elsewhere] {
  const isPerson = ({ stream }: Recorded<DomainEvent>) => streamKind(stream) === 'person';
  const person = events
    .filter(isPerson)
    .reduce((state, event) => personFold.evolve(state, event as Recorded<PersonEvent>), personFold.initial);
  const elsewhere = events
    .filter((event) => !isPerson(event))
    .reduce(
      (state, event) => elsewhereFold.evolve(state, event as Recorded<ElsewhereEvent>),
      elsewhereFold.initial,
    );
  return [person as ActivePerson, elsewhere];
}

const now = (store: ReadStore, columns: string, table: string) =>
  store
    .all(`SELECT ${columns} FROM ${table} AND recorded_to = ?`, OPEN_END)
    .map((row) => Object.values(row).join(' '))
    .toSorted();

const SQL = `SELECT rule, disclosure, item, holder FROM finding WHERE ${AS_VALID} AND ${AS_KNOWN}`;
const READ_SLOWLY = new Set([
  'mandate-over',
  'recipient-not-bound',
  'person-not-informed',
  'kept-after-mandate',
  'origin-not-confirmed',
]);

/** As lines of the slow reader. */
function foundOn(store: ReadStore, day: string, known: number): readonly string[] {
  const lines = store
    .all(SQL, { valid: endMs(civilDate(day)) - 1, known })
    .filter(({ rule }) => READ_SLOWLY.has(rule as string))
    .map(({ rule, disclosure, item, holder }) =>
      [rule, ...(rule === 'kept-after-mandate' ? [] : [disclosure]), item, holder].join(' '),
    );
  return [...new Set(lines)].toSorted();
}

describe('facts of other streams', () => {
  test('leave, one event after the other, what reading all of a random ledger at once finds', async () => {
    await fc.assert(
      fc.asyncProperty(ledgers, fc.integer({ min: 1, max: 7 }), fc.nat(), async (all, batch, n) => {
        // Up to anywhere: what comes later would mend what was forgotten.
        const events = all.slice(0, Math.max(20, n % all.length));
        const store = await projected(path(), events, batch, 5);
        const [person, elsewhere] = statesOf(events);
        const found = allFindings(person, elsewhere).map((one) =>
          [idOf(person.identity.person, one), one.rule, factsOf(one), one.fromMs, one.toMs ?? OPEN_END].join(
            ' ',
          ),
        );
        expect(now(store, 'id, rule, facts, valid_from, valid_to', 'finding WHERE 1')).toEqual(
          found.toSorted(),
        );
        const judgements = new Judgements(person, elsewhere);
        const owed = [...person.acts.keys()].flatMap((act) =>
          dutyRows(person, 'disclosure', act, owedAbout(judgements, 'disclosure', act)),
        );
        const lapsed = [...person.items.keys()].flatMap((item) => {
          const ways = judgements.waysOf(item);
          return [...ways.holders].flatMap((holder) => lapseRows(readingOf(person, item, ways), holder));
        });
        const columns = ['id', 'n', 'kind', 'debtor', 'recipient', 'items', 'since', 'due', 'done'];
        expect(now(store, columns.join(), "duty WHERE about = 'disclosure'")).toEqual(
          [...owed, ...lapsed].map((row) => columns.map((column) => row[column]).join(' ')).toSorted(),
        );
        store.close();
      }),
      { numRuns: 60, endOnFailure: true },
    );
  }, 240_000);

  test('are found as a slow reader of the events finds them, on any day, as known on any day', async () => {
    await fc.assert(
      fc.asyncProperty(ledgers, fc.array(fc.nat(), { minLength: 4, maxLength: 4 }), async (events, drawn) => {
        const store = await projected(path(), events, 9);
        for (const n of drawn) {
          const knownAt = events[n % events.length]!.recordedAt;
          const day = addDays(civilDate('2026-03-10'), n % 60).date;
          expect(foundOn(store, day, epochMs(knownAt))).toEqual(naiveFindings(events, day, knownAt));
        }
        store.close();
      }),
      { numRuns: 60, endOnFailure: true },
    );
  }, 240_000);

  test('leave the same rows, with their past, whatever the batches', async () => {
    await fc.assert(
      fc.asyncProperty(ledgers, fc.integer({ min: 2, max: 40 }), async (events, batch) => {
        const live = await projected(path(), events, 1, 5);
        const made = await projected(path(), events, batch);
        expect(dumpOf(made)).toEqual(dumpOf(live));
        live.close();
        made.close();
      }),
      { numRuns: 15, endOnFailure: true },
    );
  }, 240_000);
});
