import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendBench, fileFloor } from './append.js';
import { assessBench } from './assess.js';
import { catchUpBench } from './catch-up.js';
import { measure, type Metric } from './measure.js';
import { trailBench } from './trail.js';
import { logCostBench } from './log-cost.js';
import { proofBench } from './proof.js';
import { whoKnowsBench } from './who-knows.js';

/** `npm run bench [-- --only NAME] [-- --json FILE]`: figures beside their peers, measured in this run. */
async function main(args: readonly string[]): Promise<void> {
  const only = valueOf(args, '--only');
  const folder = mkdtempSync(join(tmpdir(), 'sillage-bench-'));
  const metrics: Metric[] = [];
  const wanted = (name: string) => only === undefined || name.startsWith(only);
  try {
    for (const bench of [1, 100, 1000].map((callers) =>
      appendBench(folder, callers, callers === 1 ? 0.9 : 0.7),
    )) {
      if (!wanted(bench.name)) continue;
      process.stderr.write(`${bench.name}: ${bench.what}\n`);
      metrics.push(await measure(bench));
    }
    if (wanted('assess')) metrics.push(...assessBench());
    if (wanted('catch-up')) metrics.push(...(await catchUpBench(folder)));
    if (wanted('trail')) metrics.push(...(await trailBench(folder)));
    if (wanted('log-cost')) metrics.push(...(await logCostBench(folder)));
    if (wanted('proof')) metrics.push(...proofBench(folder));
    if (wanted('who-knows')) metrics.push(...(await whoKnowsBench(folder)));
    process.stdout.write(
      `Node ${process.version}, ${cpus().length} cores; a file with one write and one flush an `,
    );
    process.stdout.write(`event: ${Math.round(fileFloor(folder))} events/s\n\n${table(metrics)}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
  const file = valueOf(args, '--json');
  if (file) writeFileSync(file, JSON.stringify({ metrics }, null, 2));
}

function valueOf(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args[at + 1];
}

function table(metrics: readonly Metric[]): string {
  const rows = metrics.map((m) => [
    m.name,
    `${m.value} ${m.unit}`,
    m.against,
    String(m.ratio),
    m.goal,
    m.reached ? 'yes' : 'no',
  ]);
  const lines = [
    ['name', 'value', 'against', 'ratio', 'goal', 'reached'],
    Array(6).fill('---') as string[],
    ...rows,
  ];
  return lines.map((line) => `| ${line.join(' | ')} |\n`).join('');
}

await main(process.argv.slice(2));
