import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendBench } from './append.js';
import { assessBench } from './assess.js';
import { partitionBench } from './partition.js';
import { catchUpBench } from './catch-up.js';
import { commandBench } from './command.js';
import { exportBench } from './export.js';
import { fileFloor } from './flush.js';
import { groupCommitBench, sealCostBench } from './group-commit.js';
import { httpCommandBench } from './http-command.js';
import { lagBench } from './lag.js';
import { largeBench } from './large.js';
import { logCostBench } from './log-cost.js';
import { longPersonBench } from './long-person.js';
import type { Metric } from './measure.js';
import { loadPeer, WITHOUT_PEER, type Peer } from './peer.js';
import { projectingBench } from './projecting.js';
import { proofBench } from './proof.js';
import { trailBench } from './trail.js';

type Bench = (folder: string, peer: Peer | undefined) => Promise<readonly Metric[]> | readonly Metric[];

/** Every benchmark and how the names of its figures begin. */
const BENCHES: readonly (readonly [Bench, ...names: string[]])[] = [
  [appendBench, 'append'],
  [commandBench, 'command'],
  [groupCommitBench, 'group-commit'],
  [sealCostBench, 'seal-cost'],
  [logCostBench, 'log-cost'],
  [assessBench, 'assess'],
  [partitionBench, 'partition'],
  [httpCommandBench, 'http-command'],
  [projectingBench, 'catch-up'],
  [catchUpBench, 'catch-up-item'],
  [lagBench, 'lag'],
  [trailBench, 'trail'],
  [largeBench, 'rebuild', 'who-knows', 'register', 'cold-start', 'memory'],
  [longPersonBench, 'person'],
  [exportBench, 'export'],
  [proofBench, 'proof'],
];

/** `npm run bench [-- --only NAME] [-- --json FILE]`: figures beside their peers, measured in this run. */
async function main(args: readonly string[]): Promise<void> {
  const only = valueOf(args, '--only') ?? '';
  const wanted = BENCHES.filter(([, ...names]) =>
    names.some((name) => name.startsWith(only) || only.startsWith(name)),
  );
  const peer = loadPeer();
  if (!peer) process.stdout.write(`${WITHOUT_PEER}\n`);
  const folder = mkdtempSync(join(tmpdir(), 'sillage-bench-'));
  const metrics: Metric[] = [];
  try {
    for (const [bench, ...names] of wanted) {
      const startMs = performance.now();
      const found = await bench(folder, peer);
      metrics.push(...found);
      process.stderr.write(`${names.join(', ')}: ${Math.round((performance.now() - startMs) / 1000)} s\n`);
    }
    const floor = Math.round(fileFloor(folder, randomBytes(600)));
    process.stdout.write(
      `Node ${process.version}, ${cpus().length} cores; a file with one write and one flush `,
    );
    process.stdout.write(`an event: ${floor} events/s\n\n${table(metrics)}`);
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
    m.goal === '' ? '' : m.reached ? 'yes' : 'no',
  ]);
  const lines = [
    ['name', 'value', 'against', 'ratio', 'goal', 'reached'],
    Array(6).fill('---') as string[],
    ...rows,
  ];
  return lines.map((line) => `| ${line.join(' | ')} |\n`).join('');
}

await main(process.argv.slice(2));
