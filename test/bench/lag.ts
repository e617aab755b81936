import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { median, metric, type Metric } from './measure.js';
import { Office } from './office.js';

const PERSONS = 1_000;
const OFFERED = 5_000;
const SECONDS = 3;
const MOST_WAITING = 2_000;

/** From the answer to a disclosure until the read models have it, while many more are asked for. */
export async function lagBench(folder: string): Promise<readonly Metric[]> {
  const office = await Office.open(join(folder, 'lag'), PERSONS);
  await office.warmUp();
  const metrics: Metric[] = [];
  for (const offered of [500, OFFERED]) metrics.push(...(await offer(office, offered)));
  await office.close();
  return metrics;
}

/** Disclosures that cannot be taken in time are not asked for: what was done is told beside what was offered. */
async function offer(office: Office, offered: number): Promise<Metric[]> {
  const lags: number[] = [];
  const running = new Set<Promise<void>>();
  const startMs = performance.now();
  for (let asked = 0; asked < offered * SECONDS; asked++) {
    const due = () => ((performance.now() - startMs) / 1000) * offered;
    while (due() < asked && performance.now() - startMs < SECONDS * 1000) await sleep(1);
    if (performance.now() - startMs > SECONDS * 1000) break;
    if (running.size >= MOST_WAITING) await Promise.race(running);
    const one = seen(office, asked, lags).finally(() => running.delete(one));
    running.add(one);
  }
  await Promise.all(running);
  const done = Math.round(lags.length / ((performance.now() - startMs) / 1000));
  lags.sort((a, b) => a - b);
  const against = `${offered} disclosures/s offered, ${done}/s done`;
  const isGoal = offered === OFFERED;
  const p99 = lags[Math.floor(lags.length * 0.99)]!;
  return [
    metric(`lag-${offered}-p50`, median(lags), 'ms', against, isGoal ? '≤ 2 ms' : '', 2),
    metric(`lag-${offered}-p99`, p99, 'ms', against, isGoal ? '≤ 100 ms' : '', 100),
  ];
}

async function seen(office: Office, n: number, lags: number[]): Promise<void> {
  const events = await office.disclose(n);
  const startMs = performance.now();
  if (!(await office.models.waitFor(events.at(-1)!.position, 120_000)))
    throw new Error('The read models never came to a disclosure.');
  lags.push(performance.now() - startMs);
}
