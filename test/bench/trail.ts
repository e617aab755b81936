import { join } from 'node:path';
import { KnowledgeProjector, Reader, TrailHandler, TrailQuery } from '#knowledge';
import type { PersonEvent } from '#person';
import { ReadModels } from '#read-store';
import { epochMs, systemClock } from '#time';
import { Box } from './box.js';
import { median, type Metric } from './measure.js';
import { beginning, holder, ITEM, PERSON, told } from './story.js';

const EDGES = 10_000;
const DEPTH = 1_000;
const QUESTIONS = 15;

/** The first page of a trail through 10,000 passings of one item, a thousand hops deep, and its last page. */
export async function trailBench(folder: string): Promise<readonly Metric[]> {
  const box = await Box.open(join(folder, 'trail'));
  const acts = Array.from({ length: EDGES }, (_, n) => passed(n));
  for (let n = 0; n < acts.length; n += 500)
    await box.write(PERSON, n, [...(n === 0 ? beginning() : []), ...acts.slice(n, n + 500)]);
  const { ledger, sealing } = box;
  const models = await ReadModels.open(box.path, ledger, sealing, () => new KnowledgeProjector(ledger));
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
  await box.close();
  return metrics;
}

/** Ten of each rank tell ten of the next, a thousand ranks. */
function passed(n: number): PersonEvent {
  const rank = Math.floor(n / 10);
  const [from, to] = [holder(rank * 10 + (n % 10)), holder((rank + 1) * 10 + ((n * 7) % 10))];
  return told({ n, from, to, day: rank + 1 });
}
