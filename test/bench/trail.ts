import { join } from 'node:path';
import { accept, asCode, asId } from '#decider';
import { Ledger, SqliteEventStore } from '#event-store';
import { KnowledgeProjector, Reader, TrailHandler, TrailQuery } from '#knowledge';
import { personFold, personStream, type PersonEvent } from '#person';
import { ReadModels } from '#read-store';
import { FileRootKey, Sealing, SqliteKeyStore } from '#sealing';
import { addDays, civilDate, epochMs, systemClock } from '#time';
import { median, type Metric } from './measure.js';

const EDGES = 10_000;
const DEPTH = 1_000;
const QUESTIONS = 15;
const PERSON = asId<'Person'>('00000000-0000-4000-8000-000000000001');
const ITEM = asId<'Item'>('00000000-0000-4000-8000-000000000002');

/** The first page of a trail through 10,000 passings of one item, a thousand hops deep, and its last page. */
export async function trailBench(folder: string): Promise<readonly Metric[]> {
  const store = SqliteEventStore.open(join(folder, 'trail.db'));
  const keys = SqliteKeyStore.open(join(folder, 'trail-keys.db'));
  const sealing = new Sealing(keys, FileRootKey.open(join(folder, 'trail.key')));
  const ledger = new Ledger(store, sealing, systemClock);
  const acts = Array.from({ length: EDGES }, (_, n) => told(n));
  for (let n = 0; n < acts.length; n += 500)
    await ledger.decide(personStream(PERSON), personFold, context(n), () =>
      accept(...(n === 0 ? beginning() : []), ...acts.slice(n, n + 500)),
    );
  const models = await ReadModels.open(folder, ledger, sealing, () => new KnowledgeProjector(ledger));
  const handler = new TrailHandler(new Reader(models, ledger, sealing));
  const nowMs = epochMs(systemClock.now());
  const ask = async (direction: 'forward' | 'backward', from: number) => {
    const startMs = performance.now();
    const page = { validMs: nowMs, knownMs: nowMs, limit: 100, from: [from] };
    const { rows } = await handler.execute(new TrailQuery(PERSON, { item: ITEM, direction }, page));
    if (rows.length === 0) throw new Error('The trail is empty.');
    return performance.now() - startMs;
  };
  const metrics: Metric[] = [];
  for (const direction of ['forward', 'backward'] as const) {
    const took: number[] = [];
    for (let n = 0; n < QUESTIONS; n++) took.push(await ask(direction, n % 2 === 0 ? 0 : EDGES - 100));
    const value = Math.round(median(took) * 10) / 10;
    metrics.push({
      name: `trail-${direction}`,
      value,
      unit: `ms, ${EDGES} edges, ${DEPTH} hops deep`,
      against: 'goal 50 ms',
      ratio: Math.round((value / 50) * 100) / 100,
      goal: '≤ 50 ms',
      reached: value <= 50,
    });
  }
  await models.close();
  await store.close();
  await keys.close();
  return metrics;
}

/** Ten of each rank tell ten of the next, a thousand ranks. */
function told(n: number): PersonEvent {
  const rank = Math.floor(n / 10);
  return {
    type: 'DisclosureRecorded',
    data: {
      disclosure: asId<'Disclosure'>(`00000000-0000-4000-9000-${String(n).padStart(12, '0')}`),
      discloser: holder(rank * 10 + (n % 10)),
      items: [{ item: ITEM }],
      recipients: [holder((rank + 1) * 10 + ((n * 7) % 10))],
      purpose: PURPOSE,
      basis: { consents: [], restsOn: 'provision' },
      frame: 'exchange',
      channel: 'oral',
      onward: [],
      cites: [],
    },
    effectiveAt: addDays(civilDate('2020-01-02'), rank),
  };
}

const PURPOSE = asCode<'Purpose'>('care-coordination');
const holder = (n: number) => ({
  kind: 'mandate' as const,
  mandate: asId<'Mandate'>(`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`),
  institution: asId<'Institution'>('00000000-0000-4000-8000-000000000001'),
});

function beginning(): PersonEvent[] {
  const names = { givenName: 'Henri', familyName: 'Lambert', distinctFrom: [] };
  const category = asCode<'Category'>('housing');
  const item = { item: ITEM, category, label: 'x', secretBy: [], keptFromParents: false };
  const holding = { holder: holder(0), purpose: PURPOSE, source: { kind: 'observation' as const } };
  return [
    { type: 'PersonRegistered', data: { person: PERSON, ...names } },
    { type: 'InformationDescribed', data: { ...item, holding }, effectiveAt: civilDate('2020-01-01') },
  ];
}

function context(n: number) {
  return {
    actor: { kind: 'client' as const, id: 'bench' },
    commandId: asId<'Command'>(`00000000-0000-8000-8000-${String(n).padStart(12, '0')}`),
    digest: 'bench',
    correlationId: asId<'Correlation'>('00000000-0000-4000-8000-000000000001'),
  };
}
