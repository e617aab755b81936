import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { asId, streamName, type DomainEvent } from '#decider';
import { enclose, Ledger, newEventId, SqliteEventStore, type StreamCipher } from '#event-store';
import { Integrator, LogStore } from '#log';
import { FileRootKey, Sealing, SqliteKeyStore } from '#sealing';
import { systemClock } from '#time';
import { canonicalJson, commitmentTo } from '#transparency';
import { median, rate, metric, type Metric } from './measure.js';

const LABELS = 60_000;
const CLEAR: StreamCipher = { seal: (_, plain) => plain, open: (_, body) => body };
const PAYLOAD = {
  items: [randomUUID(), randomUUID()],
  objective: 'x'.repeat(200),
  basis: { provision: 'csp-l1110-4' },
};
/** Of the design: changed labels a second, one checkpoint a minute. */
const DESIGN_LABELS = 5_000 * 60;

/** What the log costs: an entry, the map of a checkpoint, and the commitment's share of a command. */
export async function logCostBench(folder: string): Promise<Metric[]> {
  const here = mkdtempSync(join(folder, 'log-'));
  const store = SqliteEventStore.open(join(here, 'ledger.db'));
  const log = LogStore.open(join(here, 'log.db'));
  const integrator = new Integrator(store, log, systemClock);
  const [entryUs, mapMs]: [number[], number[]] = [[], []];
  for (let round = 0; round < 3; round++) {
    await appendOneEach(store, round);
    entryUs.push(((await timedMs(() => integrator.integrate())) * 1000) / LABELS);
    mapMs.push(await timedMs(async () => void (await integrator.closeMap())));
  }
  log.close();
  await store.close();
  rmSync(here, { recursive: true });
  const perLabelUs = (median(mapMs) / LABELS) * 1000;
  const share = (perLabelUs * DESIGN_LABELS) / 60_000_000;
  return [
    metric(
      'log-cost-entry',
      median(entryUs),
      'µs an entry',
      `${LABELS} labels, read, hashed, appended, read back`,
      '≤ 100',
      100,
    ),
    metric(
      'log-cost-map',
      share * 100,
      '% of a core',
      `${Math.round(median(mapMs))} ms for ${LABELS} labels, at 300,000 a minute`,
      '≤ 15 %',
      15,
    ),
    await commitmentShare(folder),
  ];
}

async function timedMs(work: () => Promise<void>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}

const STREAMS = Array.from({ length: LABELS }, () => streamName('institution', randomUUID()));

async function appendOneEach(store: SqliteEventStore, revision: number): Promise<void> {
  await rate(LABELS, 1000, async (i) => {
    const stream = STREAMS[i]!;
    await store.append(stream, [enclose(columns(stream, revision), PAYLOAD, CLEAR)], revision - 1);
  });
}

function columns(stream: (typeof STREAMS)[0], revision: number) {
  const now = systemClock.now();
  const id = newEventId(Date.now());
  return {
    id,
    stream,
    revision,
    type: 'DisclosureRecorded',
    schema: 1,
    recordedAt: now,
    effectiveAt: now,
    actor: { kind: 'mandate', id: 'bench' },
    commandId: asId<'Command'>(id),
    correlationId: asId<'Correlation'>(id),
    causationId: null,
  } as const;
}

/** A sealed command by 100 callers over 1,000 persons, and the commitment of the same event alone. */
async function commitmentShare(folder: string): Promise<Metric> {
  const here = mkdtempSync(join(folder, 'share-'));
  const store = SqliteEventStore.open(join(here, 'ledger.db'));
  const keys = SqliteKeyStore.open(join(here, 'keys.db'));
  const ledger = new Ledger(store, new Sealing(keys, FileRootKey.open(join(here, 'root.key'))), systemClock);
  const persons = Array.from({ length: 1000 }, () => streamName('person', randomUUID()));
  const fold = { initial: 0, evolve: (count: number) => count + 1 };
  const event: DomainEvent = { type: 'DisclosureRecorded', data: PAYLOAD };
  const command = async (i: number) => {
    const id = randomUUID();
    const context = { actor: { kind: 'mandate', id: 'M' }, commandId: id, digest: 'd', correlationId: id };
    await ledger.decide(persons[i % 1000]!, fold, context as never, () => ({
      kind: 'accepted',
      events: [event],
    }));
  };
  await rate(1000, 100, command);
  const perCommandUs =
    1e6 /
    median([await rate(4000, 100, command), await rate(4000, 100, command), await rate(4000, 100, command)]);
  await store.close();
  await keys.close();
  rmSync(here, { recursive: true });
  const payload = canonicalJson(PAYLOAD);
  const clear = { ...columns(persons[0]!, 0), n: 0 };
  const opening = randomBytes(32);
  const alone = async () => void commitmentTo(opening, clear, payload);
  await rate(2000, 1, alone);
  const commitmentUs =
    1e6 / median([await rate(20_000, 1, alone), await rate(20_000, 1, alone), await rate(20_000, 1, alone)]);
  const against = `${commitmentUs.toFixed(1)} of ${perCommandUs.toFixed(1)} µs a sealed command`;
  return metric(
    'log-cost-commitment',
    (commitmentUs / perCommandUs) * 100,
    '% of a command',
    against,
    '≤ 10 %',
    10,
  );
}
