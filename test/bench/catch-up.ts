import { join } from 'node:path';
import { accept, asCode, asId, type CommandId } from '#decider';
import { Catalogues, loadCatalogue } from '#catalogue';
import { Ledger, SqliteEventStore } from '#event-store';
import { KnowledgeProjector, TABLES } from '#knowledge';
import { personFold, personStream, type PersonEvent } from '#person';
import { ProjectionRunner, ReadStore } from '#read-store';
import { FileRootKey, Sealing, SqliteKeyStore } from '#sealing';
import { addDays, civilDate, systemClock } from '#time';
import { median, type Metric } from './measure.js';

const WRITES = 1_000;
const SAMPLE = 50;
const PERSON = asId<'Person'>('00000000-0000-4000-8000-000000000001');
const ITEM = asId<'Item'>('00000000-0000-4000-8000-000000000002');

/** Who tells whom, and on which day: act `n` of 1,000 about one item. */
const SHAPES = {
  chain: (n: number) => ({ from: n, to: n + 1, day: n }),
  twenty: (n: number) => ({ from: n % 20, to: (n + 1) % 20, day: n }),
  pair: (n: number) => ({ from: 0, to: 1, day: n }),
  'back-dated': (n: number) => ({ from: n % 20, to: (n + 1) % 20, day: WRITES - n }),
} as const;

/** Applying one more disclosure of an item to the read models: the last fifty of 1,000 against the first fifty. */
export async function catchUpBench(folder: string): Promise<readonly Metric[]> {
  const metrics: Metric[] = [];
  for (const [name, shape] of Object.entries(SHAPES)) {
    const took = await timesOf(folder, name, shape);
    const [first, last] = [median(took.slice(0, SAMPLE)), median(took.slice(-SAMPLE))];
    const round = (n: number) => Math.round(n * 1000) / 1000;
    metrics.push({
      name: `catch-up-item-${name}`,
      value: round(last),
      unit: 'ms an event at 1,000 disclosures of one item',
      against: `the first: ${round(first)} ms`,
      ratio: round(last / first),
      goal: '≤ 2 ms',
      reached: last <= 2,
    });
  }
  return metrics;
}

async function timesOf(
  folder: string,
  name: string,
  shape: (n: number) => { from: number; to: number; day: number },
): Promise<readonly number[]> {
  const store = SqliteEventStore.open(join(folder, `catch-up-${name}.db`));
  const keys = SqliteKeyStore.open(join(folder, `catch-up-${name}-keys.db`));
  const sealing = new Sealing(keys, FileRootKey.open(join(folder, `catch-up-${name}.key`)));
  const ledger = new Ledger(store, sealing, systemClock);
  const read = ReadStore.open(join(folder, `catch-up-${name}-read.db`), TABLES);
  read.createIndexes(TABLES);
  const runner = new ProjectionRunner(ledger, sealing, read, new KnowledgeProjector(ledger));
  // What is found about an act is judged by the catalogue.
  await new Catalogues(ledger).begin(loadCatalogue());
  await runner.catchUp();
  const took: number[] = [];
  for (const [n, event] of [
    ...beginning(),
    ...Array.from({ length: WRITES }, (_, i) => told(i, shape(i))),
  ].entries()) {
    await ledger.decide(personStream(PERSON), personFold, context(n), () => accept(event));
    const startMs = performance.now();
    await runner.catchUp();
    took.push(performance.now() - startMs);
  }
  read.close();
  await store.close();
  await keys.close();
  return took.slice(2);
}

const PURPOSE = asCode<'Purpose'>('care-coordination');
const holder = (n: number) => ({
  kind: 'mandate' as const,
  mandate: asId<'Mandate'>(`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`),
  institution: asId<'Institution'>('00000000-0000-4000-8000-000000000001'),
});

function beginning(): PersonEvent[] {
  const names = { givenName: 'Henri', familyName: 'Lambert', distinctFrom: [] };
  const item = {
    item: ITEM,
    category: asCode<'Category'>('housing'),
    label: 'x',
    secretBy: [],
    keptFromParents: false,
  };
  const holding = { holder: holder(0), purpose: PURPOSE, source: { kind: 'observation' as const } };
  return [
    { type: 'PersonRegistered', data: { person: PERSON, ...names } },
    { type: 'InformationDescribed', data: { ...item, holding }, effectiveAt: civilDate('2020-01-01') },
  ];
}

function told(n: number, { from, to, day }: { from: number; to: number; day: number }): PersonEvent {
  return {
    type: 'DisclosureRecorded',
    data: {
      disclosure: asId<'Disclosure'>(`00000000-0000-4000-9000-${String(n).padStart(12, '0')}`),
      discloser: holder(from),
      items: [{ item: ITEM }],
      recipients: [holder(to)],
      purpose: PURPOSE,
      basis: { consents: [], restsOn: 'absence-of-objection' },
      frame: 'exchange',
      channel: 'oral',
      onward: [],
      cites: [],
    },
    effectiveAt: addDays(civilDate('2020-01-02'), day),
  };
}

function context(n: number) {
  return {
    actor: { kind: 'client' as const, id: 'bench' },
    commandId: asId<'Command'>(`00000000-0000-8000-8000-${String(n).padStart(12, '0')}`) satisfies CommandId,
    digest: 'bench',
    correlationId: asId<'Correlation'>('00000000-0000-4000-8000-000000000001'),
  };
}
