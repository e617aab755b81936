import { join } from 'node:path';
import { KnowledgeProjector, TABLES } from '#knowledge';
import { ProjectionRunner, ReadStore } from '#read-store';
import { Box } from './box.js';
import { median, type Metric } from './measure.js';
import { beginning, holder, PERSON, told } from './story.js';

const WRITES = 1_000;
const SAMPLE = 50;

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
  const box = await Box.open(join(folder, `catch-up-${name}`));
  const read = ReadStore.open(join(box.path, 'read.db'), TABLES);
  read.createIndexes(TABLES);
  const runner = new ProjectionRunner(box.ledger, box.sealing, read, new KnowledgeProjector(box.ledger));
  await runner.catchUp();
  const took: number[] = [];
  const acts = Array.from({ length: WRITES }, (_, n) => {
    const { from, to, day } = shape(n);
    return told({ n, from: holder(from), to: holder(to), day: day + 1 });
  });
  for (const [n, event] of [...beginning(), ...acts].entries()) {
    await box.write(PERSON, n, [event]);
    const startMs = performance.now();
    await runner.catchUp();
    took.push(performance.now() - startMs);
  }
  read.close();
  await box.close();
  return took.slice(2);
}
