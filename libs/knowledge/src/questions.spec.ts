import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CivilDate, DomainEvent, Instant, Recorded, StreamName } from '#decider';
import type { Ledger } from '#event-store';
import { institutionFold, type InstitutionEvent } from '#directory';
import { personTesting, type PersonEvent } from '#person';
import { ReadStore, type ReadModels } from '#read-store';
import type { Sealing } from '#sealing';
import { endMs, epochMs, instantOf, startMs } from '#time';
import { CoverageHandler, CoverageQuery } from './coverage/coverage.query.js';
import { naiveCoverage, statements } from './coverage/naive-coverage.testing.js';
import { institutionChanges } from './directory.projection.js';
import type { Moment, Page, PageRequest } from './moment.request.js';
import { TABLES } from './projector.js';
import { Reader } from './reader.query.js';
import { naiveRegister } from './register/naive-register.testing.js';
import { RegisterHandler, RegisterQuery } from './register/register.query.js';
import { remembered } from './remembered.testing.js';
import { naiveTimeline } from './timeline/naive-timeline.testing.js';
import { TimelineHandler, TimelineQuery } from './timeline/timeline.query.js';
import { naiveTrail } from './trail/naive-trail.testing.js';
import { TrailHandler, TrailQuery } from './trail/trail.query.js';
import { codedHistories } from './who-knows/coded.testing.js';
import { CROWDED_DAYS } from './who-knows/history.testing.js';
import { day, DAYS, ITEMS } from './who-knows/history-parts.testing.js';
import { naiveWhoKnows } from './who-knows/naive.testing.js';
import { WhoKnowsHandler, WhoKnowsQuery } from './who-knows/who-knows.query.js';

/** 10,000 questions over all. */
const RUNS = { 'who-knows': 250, trail: 100, timeline: 25, register: 50, coverage: 75 };
const QUESTIONS = 20;
const LEA = personTesting.id<'Person'>('Person', 1);

/** Two clocks, as the product and as a naive reader tell them, and how many rows come at a time. */
interface Asked {
  readonly at: Moment;
  /** `2026-03-15T08`, or `2026-03-15~` for the end of the day. */
  readonly moment: string;
  readonly knownAt: Instant;
  readonly limit: number;
  /** For what else a question needs. */
  readonly n: number;
}

/** At hours that are the same day in Greenwich and in Paris. */
const asking: fc.Arbitrary<Asked> = fc
  .record({
    day: fc.oneof(fc.nat(DAYS + 10), fc.nat(CROWDED_DAYS)),
    hour: fc.option(fc.oneof(fc.nat(21), fc.integer({ min: 8, max: 17 }))),
    known: fc.nat(45 * 25),
    limit: fc.constantFrom(1, 2, 3, 5, 500),
    n: fc.nat(10_000),
  })
  .map(({ day: n, hour, known, ...rest }) => {
    const at = day(n) as CivilDate;
    const text = `${at.date}T${String(hour).padStart(2, '0')}`;
    const validMs = hour === null ? endMs(at) - 1 : epochMs(`${text}:00:00.000Z` as Instant);
    const knownMs = epochMs('2026-03-10T06:00:00.000Z' as Instant) + known * 3_600_000;
    const moment = hour === null ? `${at.date}~` : text;
    return { at: { validMs, knownMs }, moment, knownAt: instantOf(knownMs), ...rest };
  });
const questions = fc.array(asking, { minLength: QUESTIONS, maxLength: QUESTIONS });

let folder: string;
let made = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const fresh = () => join(folder, `${made++}.db`);

type History = readonly Recorded<PersonEvent>[];

/** Asks a random history; the answer in random pages is the answer as a whole. */
async function overHistories(
  runs: number,
  compare: (history: History, asked: Asked, reader: Reader) => Promise<void>,
): Promise<void> {
  const property = fc.asyncProperty(codedHistories, questions, async (history, all) => {
    const store = remembered(fresh(), history);
    const reader = readerOf(store, history);
    for (const asked of all) await compare(history, asked, reader);
    store.close();
  });
  await fc.assert(property, { numRuns: runs });
}

async function answer<Row>(
  { at, limit }: Asked,
  ask: (page: PageRequest) => Promise<Page<Row>>,
): Promise<readonly Row[]> {
  const whole = await allPages(ask, at, 500);
  if (limit < 500) expect(await allPages(ask, at, limit)).toEqual(whole);
  return whole;
}

const countOf = (name: keyof typeof RUNS) => RUNS[name] * QUESTIONS;

describe('random bitemporal questions over random histories are answered as by a naive reading', () => {
  test(`${countOf('who-knows')} times who knows what`, async () => {
    await overHistories(RUNS['who-knows'], async (history, asked, reader) => {
      const handler = new WhoKnowsHandler(reader);
      const rows = await answer(asked, (page) => handler.execute(new WhoKnowsQuery(LEA, page)));
      const compared = rows.map((row) => ({ ...without(row, 'label', 'level'), holder: row.holder.key }));
      expect(compared).toEqual(naiveWhoKnows(history, asked.moment, asked.knownAt));
      expect(rows.every(({ label }) => label?.startsWith('information'))).toBe(true);
    });
  }, 300_000);

  test(`${countOf('trail')} times where it went and where it came from`, async () => {
    await overHistories(RUNS.trail, async (history, asked, reader) => {
      const acts = history.flatMap(({ type, data }) =>
        type === 'DisclosureReported' ? [data.disclosure] : [],
      );
      const starts = [...ITEMS.map((item) => ({ item })), ...acts.map((disclosure) => ({ disclosure }))];
      const direction = asked.n % 2 === 0 ? ('forward' as const) : ('backward' as const);
      const start = { ...starts[asked.n % starts.length]!, direction };
      const handler = new TrailHandler(reader);
      const rows = await answer(asked, (page) => handler.execute(new TrailQuery(LEA, start, page)));
      const far = rows.map(({ hop }) => hop);
      expect(far).toEqual(far.toSorted((a, b) => a - b));
      const compared = rows.map((row) => ({
        ...without(row, 'label'),
        from: row.from?.key ?? null,
        to: row.to.key,
      }));
      expect(sorted(compared)).toEqual(sorted(naiveTrail(history, start, asked.moment, asked.knownAt)));
    });
  }, 300_000);

  test(`${countOf('timeline')} times what happened`, async () => {
    await overHistories(RUNS.timeline, async (history, asked, reader) => {
      const handler = new TimelineHandler(reader);
      const caller = { kind: 'person', id: LEA } as const;
      const rows = await answer(asked, (page) => handler.execute(new TimelineQuery(LEA, page, caller)));
      expect(rows).toEqual(naiveTimeline(history, asked.moment, asked.knownAt));
    });
  }, 300_000);

  test(`${countOf('register')} times what an institution passed on and received`, async () => {
    await overHistories(RUNS.register, async (history, asked, reader) => {
      const institution = personTesting.id<'Institution'>('Institution', (asked.n % 3) + 1);
      const [from, to] = [
        asked.n % 5 === 0 ? undefined : day(asked.n % DAYS),
        asked.n % 7 < 3 ? undefined : day(asked.n % 45),
      ] as (CivilDate | undefined)[];
      const [fromMs, toMs] = [
        from ? startMs(from) : Number.MIN_SAFE_INTEGER,
        to ? endMs(to) : Number.MAX_SAFE_INTEGER,
      ];
      const handler = new RegisterHandler(named(reader));
      const rows = await answer(asked, (page) =>
        handler.execute(new RegisterQuery(institution, fromMs, toMs, page)),
      );
      const compared = rows.map((row) => without(row, 'person', 'deferral'));
      const period = { from: from?.date, to: to?.date };
      expect(compared).toEqual(naiveRegister(history, institution, period, asked.moment, asked.knownAt));
    });
  }, 300_000);

  test(`${countOf('coverage')} times up to when everything is reported`, async () => {
    const property = fc.asyncProperty(statements, questions, async (events, all) => {
      const store = reported(events);
      const handler = new CoverageHandler(readerOf(store, events));
      for (const asked of all) {
        const rows = await answer(asked, (page) => handler.execute(new CoverageQuery(page)));
        expect(rows).toEqual(naiveCoverage(events, asked.moment, asked.knownAt));
      }
      store.close();
    });
    await fc.assert(property, { numRuns: RUNS.coverage });
  }, 300_000);
});

function sorted<Row>(rows: readonly Row[]): readonly Row[] {
  const key = (row: Row) => JSON.stringify(Object.entries(row as object).sort());
  return rows.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

function without<Row extends object>(row: Row, ...columns: readonly (keyof Row & string)[]) {
  return Object.fromEntries(Object.entries(row).filter(([column]) => !columns.includes(column as never)));
}

/** The institutions of these histories are not registered. */
function named(reader: Reader): Reader {
  return Object.assign(Object.create(reader) as Reader, { institutionName: () => 'x' });
}

function reported(events: readonly Recorded<InstitutionEvent>[]): ReadStore {
  const store = ReadStore.open(fresh(), TABLES);
  for (const event of events) {
    const state = events
      .filter((one) => one.stream === event.stream && one.revision <= event.revision)
      .reduce(institutionFold.evolve, institutionFold.initial);
    store.apply(institutionChanges(state, event) as Parameters<ReadStore['apply']>[0], 0);
  }
  return store;
}

/** A reader of what was remembered of these events, in clear. */
function readerOf(store: ReadStore, events: readonly Recorded<DomainEvent>[]): Reader {
  const ledger = {
    store: {
      read: (_: StreamName, from: number) => Promise.resolve(events.filter((e) => e.revision === from)),
    },
    codec: { open: (stored: readonly unknown[]) => Promise.resolve(stored) },
  };
  const openText = (_: string, __: string, cell: Uint8Array) =>
    Promise.resolve((JSON.parse(Buffer.from(cell).toString()) as { text: string }).text);
  return new Reader(
    { store } as unknown as ReadModels,
    ledger as unknown as Ledger,
    { openText } as unknown as Sealing,
  );
}

/** All rows, asked for page by page. */
async function allPages<Row>(
  ask: (page: PageRequest) => Promise<Page<Row>>,
  moment: Moment,
  limit: number,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let from: PageRequest['from']; ;) {
    const page = await ask({ ...moment, limit, from });
    if (page.rows.length > limit) throw new Error(`A page of ${limit} has ${page.rows.length} rows`);
    rows.push(...page.rows);
    if (!page.next) return rows;
    from = page.next;
  }
}
