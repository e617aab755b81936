import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCatalogue, type Catalogues } from '#catalogue';
import type { Actor } from '#decider';
import { personTesting, type ActivePerson } from '#person';
import { ReadStore } from '#read-store';
import { addDays, civilDate, dayOf, endMs, FOREVER_MS, instantOf } from '#time';
import type { PageRequest } from '../moment.request.js';
import type { Reader } from '../reader.query.js';
import { DUTY, DUTY_STATES, dutyRow, overdueIn, type DutyState } from './duties.projection.js';
import { DutiesHandler, DutiesQuery } from './duties.query.js';
import type { Owed } from './owing.js';

const { CCAS, id, NURSE, SSIAD } = personTesting;
const SELF = `mandate:${NURSE}`;
const PERSON = { identity: { person: id('Person', 1) } } as ActivePerson;

// Few days, so that dates often meet.
const day = fc.integer({ min: 0, max: 3 }).map((n) => addDays(civilDate('2026-03-01'), n));
const ms = day.map(endMs);
const owing: fc.Arbitrary<Owed> = fc.record({
  kind: fc.constantFrom('purge', 'inform-person'),
  debtor: fc.constantFrom(SELF, `institution:${SSIAD}`, `institution:${CCAS}`),
  institution: fc.constantFrom(SSIAD, CCAS, undefined),
  recipient: fc.constant(undefined),
  items: fc.constant([]),
  deadline: fc.option(day, { nil: undefined }),
  standing: fc.boolean(),
  sinceMs: ms,
  doneMs: fc.oneof(ms, fc.constant(FOREVER_MS)),
});

/** Read slowly: open from its day on, overdue from the end of its deadline, done by what does it; what stands ends. */
function naiveState({ sinceMs, deadline, standing, doneMs }: Owed, atMs: number): DutyState | undefined {
  const isPast = deadline !== undefined && endMs(deadline) <= atMs;
  if (atMs < sinceMs) return undefined;
  if (doneMs <= atMs || (standing && isPast)) return 'done';
  return isPast ? 'overdue' : 'open';
}

let folder: string;
let n = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-owed-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function kept(all: readonly Owed[]): ReadStore {
  const store = ReadStore.open(join(folder, `${n++}.db`), [DUTY]);
  store.createIndexes([DUTY]);
  const rows = all.map((one, i) =>
    dutyRow(PERSON, one, { subject: String(i), about: 'notice', id: String(i), n: 0 }),
  );
  const changes = rows.map((row, i) => ({
    table: DUTY,
    scope: { person: PERSON.identity.person, subject: String(i) },
    rows: [row as never],
    recordedMs: 1,
  }));
  store.apply(changes, 1);
  return store;
}

const ask = (rows: Reader['rows'], what: DutiesQuery['asked'], kind: Actor['kind'], page: PageRequest) => {
  const catalogues = { current: async () => loadCatalogue() } as unknown as Catalogues;
  const reach = { institution: kind === 'mandate' ? SSIAD : null, debtor: SELF, asked: null };
  return new DutiesHandler({ rows } as Reader, catalogues).execute(new DutiesQuery(what, reach, page));
};

/** Every page of two, one after the other: `id state`. */
async function asked(store: ReadStore, what: DutiesQuery['asked'], kind: Actor['kind'], validMs: number) {
  const told: string[] = [];
  let from: PageRequest['from'];
  do {
    const page = { validMs, knownMs: 1, limit: 2, from };
    const { rows, next } = await ask(store.all.bind(store), what, kind, page);
    told.push(...rows.map((row) => `${row.id} ${row.state}`));
    from = next;
  } while (from);
  return told;
}

describe('what is owed', () => {
  const asks = fc.record({
    holder: fc.constantFrom(undefined, SELF),
    institution: fc.constantFrom(undefined, SSIAD),
    state: fc.constantFrom(undefined, ...DUTY_STATES),
  });
  const kinds = fc.constantFrom('mandate' as const, 'client' as const);

  test('is what a slow reader finds, for whoever asks, in any state on any day, page by page', async () => {
    const some = fc.array(owing, { minLength: 4, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(some, asks, kinds, ms, async (all, what, kind, validMs) => {
        const sees = ({ institution, debtor }: Owed) =>
          (kind === 'client' || institution === SSIAD || debtor === SELF) &&
          (what.institution === undefined || institution === what.institution) &&
          (what.holder === undefined || debtor === what.holder);
        const isWanted = (state: DutyState | undefined) =>
          what.state ? state === what.state : state !== undefined && state !== 'done';
        const dueMs = ({ deadline }: Owed) => (deadline ? endMs(deadline) : FOREVER_MS);
        const found = all
          .map((one, i) => ({ one, id: String(i), state: naiveState(one, validMs) }))
          .filter(({ one, state }) => sees(one) && isWanted(state))
          .sort((a, b) => dueMs(a.one) - dueMs(b.one) || (a.id < b.id ? -1 : 1))
          .map(({ id: ref, state }) => `${ref} ${state}`);
        const store = kept(all);
        expect(await asked(store, what, kind, validMs)).toEqual(found);
        store.close();
      }),
      { numRuns: 300 },
    );
  }, 120_000);

  test('is overdue over the days on which it stands so', () => {
    const days = Array.from({ length: 12 }, (_, i) => endMs(addDays(civilDate('2026-02-28'), i)));
    fc.assert(
      fc.property(owing, (one) => {
        const over = overdueIn(dutyRow(PERSON, one, { subject: '1', about: 'notice', id: '1', n: 0 }));
        const on = days.filter((at) => over !== undefined && over[0] <= at && at < over[1]);
        const isOn = (at: number) => dayOf(instantOf(at));
        expect(over !== undefined).toBe(on.length > 0);
        expect(on.map(isOn)).toEqual(days.filter((at) => naiveState(one, at) === 'overdue').map(isOn));
      }),
    );
  });

  test.each<[string, DutiesQuery['asked'], Actor['kind'], readonly string[]]>([
    ['of an institution', { institution: SSIAD }, 'client', ['duty_0 ']],
    ['of a debtor', { holder: SELF }, 'client', ['duty_1 ']],
    ['that a mandate sees', {}, 'mandate', ['duty_0 ', 'duty_1 ']],
    ['of everybody', {}, 'client', ['duty_2']],
  ])('%s is looked up in the order of deadlines', async (_, what, kind, indexes) => {
    const store = kept([]);
    const plan: string[] = [];
    const explain: Reader['rows'] = (sql, ...parameters) => {
      plan.push(...store.all(`EXPLAIN QUERY PLAN ${sql}`, ...parameters).map(({ detail }) => String(detail)));
      return [];
    };
    await ask(explain, what, kind, { validMs: 1, knownMs: 1, limit: 2, from: undefined });
    store.close();
    expect(plan.join()).not.toContain('TEMP B-TREE');
    expect(plan.filter((step) => step.includes('INDEX'))).toEqual(
      indexes.map((index) => expect.stringContaining(`USING INDEX ${index}`)),
    );
  });
});
