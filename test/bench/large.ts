import { randomInt, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { accept } from '#decider';
import {
  actorFold,
  actorStream,
  institutionFold,
  institutionStream,
  type ActorEvent,
  type InstitutionEvent,
} from '#directory';
import {
  KnowledgeProjector,
  Reader,
  RegisterHandler,
  RegisterQuery,
  WhoKnowsHandler,
  WhoKnowsQuery,
} from '#knowledge';
import { consulting } from '#person';
import { ReadModels } from '#read-store';
import { endMs, epochMs, startMs, systemClock } from '#time';
import { Box } from './box.js';
import { median, metric, type Metric } from './measure.js';
import { life } from './projecting.js';
import { readyMs, watched } from './served.js';
import { beginning, context, FIRST_DAY, holder, idOf, onDay, PERSON, PURPOSE, told } from './story.js';

/** Of the large ledger, ten events a person: as many as are read in two minutes. */
const EVENTS = Number(process.env['SILLAGE_BENCH_EVENTS'] ?? 100_000);
const DISCLOSURES = 200;
const QUESTIONS = 300;
const ROWS = 100_000;
const PAGE = 500;

/** One ledger of many persons: made, read from its first event, asked, served. */
export async function largeBench(folder: string): Promise<readonly Metric[]> {
  const path = join(folder, 'large');
  const box = await Box.open(path);
  await timed('filled', () => fill(box));
  const floorMs = await timed('opened and parsed', () => openAll(box));
  const { ledger, sealing } = box;
  const open = () => ReadModels.open(path, ledger, sealing, () => new KnowledgeProjector(ledger));
  let models!: ReadModels;
  const builtMs = await timed('rebuilt', async () => void (models = await open()));
  const [rebuilt, floor] = [(EVENTS / builtMs) * 1000, (EVENTS / floorMs) * 1000];
  const metrics = [
    {
      name: 'rebuild',
      value: Math.round(rebuilt),
      unit: 'events/s',
      against: `opening and parsing alone, ${EVENTS} sealed events, one run: ${Math.round(floor)}`,
      ratio: Math.round((rebuilt / floor) * 100) / 100,
      goal: '≥ 0.5×',
      reached: rebuilt >= floor / 2,
    },
    ...(await whoKnows(box, models)),
    await registerAlone(box, models),
  ];
  await models.close();
  await box.close();
  return [...metrics, ...(await served(path))];
}

async function timed(what: string, work: () => Promise<void>): Promise<number> {
  const startMs = performance.now();
  await work();
  const tookMs = performance.now() - startMs;
  process.stderr.write(`  ${EVENTS} events ${what} in ${Math.round(tookMs / 1000)} s\n`);
  return tookMs;
}

/** One institution whose register is asked for, one person with many disclosures, and everybody else. */
async function fill(box: Box): Promise<void> {
  await staff(box);
  const acts = Array.from({ length: DISCLOSURES }, (_, n) =>
    told({ n, from: holder(n % 20), to: holder(n + 1), day: n * 3 }),
  );
  await box.write(PERSON, 2e9 + 2, [...beginning(), ...acts]);
  for (let n = 0; n < EVENTS / 10; n += 20)
    await Promise.all(Array.from({ length: 20 }, (_, i) => box.write(...life(n + i))));
}

/** Every holder has a name: as many human beings as mandates. */
async function staff({ ledger }: Box): Promise<void> {
  const actorOf = (n: number) => idOf<'Actor'>(n + 1);
  for (let n = 0; n <= DISCLOSURES; n++) {
    const data = { actor: actorOf(n), givenName: 'Dominique', familyName: `Garnier ${n}` };
    await ledger.decide(actorStream(data.actor), actorFold, context(1e9 + n), () =>
      accept<ActorEvent>({ type: 'ActorRegistered', data }),
    );
  }
  const { institution } = holder(0);
  const data = { institution, name: 'Service', mission: 'x' };
  const given = Array.from({ length: DISCLOSURES + 1 }, (_, n): InstitutionEvent => {
    const { mandate } = holder(n);
    const duties = {
      mission: 'x',
      purposes: [PURPOSE],
      function: 'x',
      profession: 'x',
      categories: [],
      secrecy: [],
    };
    return { type: 'MandateGiven', data: { mandate, actor: actorOf(n), ...duties, validFrom: FIRST_DAY } };
  });
  await ledger.decide(institutionStream(institution), institutionFold, context(2e9 + 1), () =>
    accept<InstitutionEvent>({ type: 'InstitutionRegistered', data }, ...given),
  );
}

async function openAll({ store, ledger }: Box): Promise<void> {
  for (let position = 0; ;) {
    const events = await store.readAll(position, 1000);
    if (events.length === 0) return;
    await ledger.codec.openWhatRemains(events);
    position = events.at(-1)!.position;
  }
}

/** The whole answer of one page of a hundred, names and chains included. */
async function whoKnows({ ledger, sealing }: Box, models: ReadModels): Promise<Metric[]> {
  const handler = new WhoKnowsHandler(new Reader(models, ledger, sealing));
  const nowMs = epochMs(systemClock.now());
  const ask = async (validMs: number, consults: boolean) => {
    const began = performance.now();
    // Each time somebody else: who looked within the hour leaves no second trace.
    const caller = { kind: 'mandate' as const, id: randomUUID() };
    if (consults) await consulting(ledger, caller, PERSON, { reason: 'care' }, { question: 'who-knows' })();
    const page = { validMs, knownMs: nowMs, limit: 100, from: undefined };
    await handler.execute(new WhoKnowsQuery(PERSON, page));
    return performance.now() - began;
  };
  const many = async (validMs: () => number, consults = false) => {
    const times: number[] = [];
    for (let i = 0; i < QUESTIONS; i++) times.push(await ask(validMs(), consults));
    return times.sort((a, b) => a - b);
  };
  await many(() => nowMs);
  const now = await many(() => nowMs);
  const past = await many(() => endMs(onDay(randomInt(DISCLOSURES * 3))));
  const consulted = await many(() => nowMs, true);
  const p99 = (times: readonly number[]) => times[Math.floor(QUESTIONS * 0.99)]!;
  const size = `${EVENTS / 10} persons, ${EVENTS} events`;
  const ratio = median(past) / median(now);
  return [
    metric(
      'who-knows-p99',
      p99(now),
      'ms, p99',
      `a page of 100 of ${DISCLOSURES} disclosures, ${size}`,
      '≤ 5',
      5,
    ),
    metric('who-knows-past', ratio, '× now, median', `now: ${median(now).toFixed(2)} ms`, '≤ 2', 2),
    metric(
      'who-knows-consulted-p99',
      p99(consulted),
      'ms, p99',
      'with the trace of the question on disk',
      '',
      5,
    ),
  ];
}

const YEAR = [onDay(365), onDay(729)] as const;

/** The register's pages as an export reads them, without the trace that a search leaves. */
async function registerAlone({ ledger, sealing }: Box, models: ReadModels): Promise<Metric> {
  const handler = new RegisterHandler(new Reader(models, ledger, sealing));
  const nowMs = epochMs(systemClock.now());
  const began = performance.now();
  let [rows, from]: [number, readonly (string | number)[] | undefined] = [0, undefined];
  do {
    const page = { validMs: nowMs, knownMs: nowMs, limit: PAGE, from };
    const query = new RegisterQuery(holder(0).institution, startMs(YEAR[0]), endMs(YEAR[1]), page);
    const found = await handler.execute(query);
    for (const row of found.rows) rows += Number(JSON.stringify(row).length > 0);
    from = found.next;
  } while (from && rows < ROWS);
  return rowRate(
    'register',
    rows,
    performance.now() - began,
    'pages of the register as lines, no trace written',
  );
}

function rowRate(name: string, rows: number, tookMs: number, what: string, goal = '≥ 100000'): Metric {
  const value = Math.round((rows / tookMs) * 1000);
  const ratio = Math.round((value / 100_000) * 100) / 100;
  return { name, value, unit: 'rows/s', against: `${what}, ${rows} rows`, ratio, goal, reached: ratio >= 1 };
}

/** A server on it: how soon it is ready, how it streams, and what it has in memory. */
async function served(path: string): Promise<Metric[]> {
  const ready = await readyMs(path);
  const question = `from=${YEAR[0].date}&to=${YEAR[1].date}&format=ndjson&limit=${PAGE}&reason=care`;
  const seen = await watched(path, `/v1/institutions/${holder(0).institution}/register?${question}`);
  const size = `${EVENTS} events`;
  const exporting = `${size}, while the register is exported`;
  return [
    metric('cold-start', ready, 'ms until it listens', `${size} on disk`, '≤ 2000', 2000),
    rowRate('register-http', seen.rows, seen.tookMs, 'over HTTP, a LedgerSearched on disk for each page', ''),
    metric('register-meanwhile', seen.worstMs, 'ms, the slowest other answer', exporting, '', 1000),
    metric('memory', seen.mostMiB, 'MiB resident', `${exporting}; before: ${seen.beforeMiB}`, '≤ 512', 512),
  ];
}
