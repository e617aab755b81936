import { join } from 'node:path';
import { accept } from '#decider';
import { institutionFold, institutionStream, type InstitutionEvent } from '#directory';
import { closeDatabase, openDatabase } from '#event-store';
import { KnowledgeProjector, TABLES } from '#knowledge';
import { createIndexes, ReadModels } from '#read-store';
import { Box } from './box.js';
import { Child } from './child.js';
import { metric, type Metric } from './measure.js';
import { readLines, slowest } from './served.js';
import { beginning, context, holder, idOf, told } from './story.js';
import type { PersonEvent, PersonId } from '#person';

/** Lines of the register. */
const ROWS = Number(process.env['SILLAGE_BENCH_ROWS'] ?? 100_000);
/** Told by commands; the others are copies of these rows. */
const ACTS = 2;
const PERSONS = Math.min(20_000, Math.ceil(ROWS / ACTS / 10));
const COPIES = Math.round(ROWS / PERSONS / ACTS);
const DAYS = 1_800;
const [{ institution }] = [holder(0)];

/**
 * The register of one institution told over HTTP by a server in a process of its own, which is asked other things
 * meanwhile. Commands for millions of rows take hours: once the server's files are made and closed, rows of the register
 * are multiplied in the file of the read models, each with an id of its own. The ledger knows nothing of the copies; the
 * persons in them are there, and keep their traces.
 */
export async function exportBench(folder: string): Promise<readonly Metric[]> {
  const path = join(folder, 'export');
  multiply(await fill(path));
  const server = await Child.start('server.child', path);
  const before = server.residentMiB() ?? 0;
  const over = new AbortController();
  const others = ['/health', `/v1/persons/${personOf(0)}/who-knows?reason=care`].map((question) =>
    slowest(`${server.url}${question}`, over.signal),
  );
  const seen = { mostMiB: before, tenths: [] as number[] };
  const startMs = performance.now();
  const rows = await readLines(`${server.url}${QUESTION}`, (lines) => {
    const [now, tookMs] = [server.residentMiB() ?? 0, performance.now() - startMs];
    seen.mostMiB = Math.max(seen.mostMiB, now);
    if (lines < ((seen.tenths.length + 1) * ROWS) / 10) return;
    seen.tenths.push(now);
    process.stderr.write(`  ${lines} rows in ${Math.round(tookMs / 1000)} s, ${now} MiB\n`);
  });
  const tookMs = performance.now() - startMs;
  over.abort();
  const [health, whoKnows] = (await Promise.all(others)) as [number, number];
  await server.stop();
  return metrics(rows, tookMs, { before, ...seen, health, whoKnows });
}

const QUESTION = `/v1/institutions/${institution}/register?format=ndjson&reason=care`;

interface Seen {
  readonly before: number;
  readonly mostMiB: number;
  readonly tenths: readonly number[];
  readonly health: number;
  readonly whoKnows: number;
}

function metrics(rows: number, tookMs: number, seen: Seen): readonly Metric[] {
  const what = `${rows} rows of ${PERSONS} persons over HTTP in ${Math.round(tookMs / 1000)} s`;
  const value = Math.round((rows / tookMs) * 1000);
  const ratio = Math.round((value / 100_000) * 100) / 100;
  const memory = `before: ${seen.before}; at each tenth: ${seen.tenths.join(', ')}`;
  return [
    { name: 'export', value, unit: 'rows/s', against: what, ratio, goal: '', reached: true },
    metric('export-memory', seen.mostMiB, 'MiB resident', memory, '≤ 512', 512),
    metric('export-health', seen.health, 'ms, the slowest answer', `/health, ${what}`, '', 1000),
    metric('export-who-knows', seen.whoKnows, 'ms, the slowest answer', `who-knows, ${what}`, '', 1000),
  ];
}

/** Not in the order of their numbers: no ledger is. */
function personOf(n: number): PersonId {
  return idOf<'Person'>(((n * 7_919) % PERSONS) + 10, 1);
}

/** @returns the file of the read models */
async function fill(path: string): Promise<string> {
  const box = await Box.open(path);
  const { ledger, sealing } = box;
  await ledger.decide(institutionStream(institution), institutionFold, context(2e9), () =>
    accept<InstitutionEvent>({
      type: 'InstitutionRegistered',
      data: { institution, name: 'Service', mission: 'x' },
    }),
  );
  for (let n = 0; n < PERSONS; n += 50)
    await Promise.all(
      Array.from({ length: Math.min(50, PERSONS - n) }, (_, i) =>
        box.write(personOf(n + i), n + i, life(n + i)),
      ),
    );
  const models = await ReadModels.open(path, ledger, sealing, () => new KnowledgeProjector(ledger));
  const file = models.store.path;
  await models.close();
  await box.close();
  return file;
}

function life(n: number): readonly PersonEvent[] {
  const acts = Array.from({ length: ACTS }, (_, i) =>
    told({
      n: n * ACTS + i + 1_000_000,
      from: holder(i),
      to: holder(i + 1, 2 + (n % 50)),
      day: (n * 7 + i * 200) % DAYS,
    }),
  );
  return [...beginning(personOf(n)), ...acts];
}

function multiply(file: string): void {
  const register = TABLES.find(({ name }) => name === 'register')!;
  const db = openDatabase(file, { synchronous: 'OFF' });
  // Filled first and sorted last, as a rebuild does.
  db.exec(register.indexes!.map((_, i) => `DROP INDEX register_${i}`).join('; '));
  const { most } = db.prepare('SELECT MAX(rowid) AS most FROM register').get() as { most: number };
  const columns = [...Object.keys(register.columns), 'recorded_from', 'recorded_to'];
  const copied = columns.map((column) =>
    column === 'disclosure' ? "printf('%08x', :copy) || substr(disclosure, 9)" : column,
  );
  const copy = db.prepare(
    `INSERT INTO register SELECT ${copied.join(', ')} FROM register WHERE institution = :institution AND rowid <= :most`,
  );
  for (let n = 1; n < COPIES; n++) copy.run({ copy: n, institution, most });
  db.exec(createIndexes(register));
  closeDatabase(db);
}
