import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '../..');
const CONFIG = join(ROOT, '.dependency-cruiser.cjs');
const CRUISER = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

export interface Violation {
  readonly rule: string;
  readonly file: string;
  /** One line: rule, file and line, what it imports, why that is not allowed. */
  readonly report: string;
}

interface CruiseViolation {
  readonly from: string;
  readonly to: string;
  readonly unresolvedTo?: string;
  readonly cycle?: readonly { readonly name: string }[];
  readonly rule: { readonly name: string };
  readonly comment?: string;
}

interface CruiseRule {
  readonly name: string;
  readonly comment: string;
}

interface CruiseResult {
  readonly summary: {
    readonly violations: readonly CruiseViolation[];
    readonly totalCruised: number;
    readonly ruleSetUsed: { readonly forbidden: readonly CruiseRule[] };
  };
}

export interface Cruise {
  readonly violations: readonly Violation[];
  readonly rules: readonly string[];
  readonly files: number;
}

/** Runs dependency-cruiser as its own process: it is an ESM package and Jest runs as CommonJS. */
export function cruise(project: string): Cruise {
  const folders = ['apps', 'libs', 'test'].filter((folder) => existsSync(join(project, folder)));
  const args = [CRUISER, '--config', CONFIG, '--output-type', 'json', ...folders];
  const run = spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (!run.stdout.startsWith('{'))
    throw new Error(`dependency-cruiser did not run: ${run.stderr || run.stdout}`);
  const { summary } = JSON.parse(run.stdout) as CruiseResult;
  const comments = new Map(summary.ruleSetUsed.forbidden.map((rule) => [rule.name, rule.comment]));
  return {
    violations: summary.violations.map((violation) => ({
      rule: violation.rule.name,
      file: violation.from,
      report: reportOf(project, violation, comments.get(violation.rule.name) ?? ''),
    })),
    rules: [...comments.keys()],
    files: summary.totalCruised,
  };
}

function reportOf(project: string, violation: CruiseViolation, comment: string): string {
  const { from, to, unresolvedTo, cycle, rule } = violation;
  const imported = unresolvedTo ?? to;
  const text = existsSync(join(project, from)) ? readFileSync(join(project, from), 'utf8') : '';
  const line = text.split('\n').findIndex((each) => namesModule(each, imported)) + 1;
  const what = cycle ? `goes round: ${cycle.map((step) => step.name).join(' → ')} ` : `imports ${imported} `;
  return `${from}:${Math.max(line, 1)} ${imported === from ? '' : what}(${rule.name}: ${comment})`;
}

function namesModule(line: string, imported: string): boolean {
  return [imported, `node:${imported}`].some(
    (name) => line.includes(`'${name}'`) || line.includes(`"${name}"`),
  );
}
