import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Draw, type Case } from './cases.js';
import { bucketCases, checkpointCases } from './log-cases.js';
import { tileCases, treeCases } from './tree-cases.js';

const SOURCES = ['main.go', 'judges.go'].map((name) => join(__dirname, name));
const MISSING = 'The independent verifier needs Go: apt-get install -y golang-go golang-golang-x-mod-dev';
// Debian puts golang.org/x/mod there; without modules nothing is looked for elsewhere.
const GO_ENV = {
  ...process.env,
  GO111MODULE: 'off',
  GOPATH: '/usr/share/gocode',
  GOFLAGS: '',
  GOTOOLCHAIN: 'local',
};

function go(...args: string[]): SpawnSyncReturns<string> {
  const result = spawnSync('go', args, { env: GO_ENV, encoding: 'utf8' });
  if (result.error || /cannot find package/.test(result.stderr)) throw new Error(MISSING);
  return result;
}

describe('a verifier that we did not write', () => {
  let folder: string;
  let cases: Case[];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sillage-verifier-'));
    const built = go('build', '-o', join(folder, 'verifier'), ...SOURCES);
    if (built.status !== 0) throw new Error(built.stderr);
    const draw = new Draw();
    cases = [...treeCases(draw), ...tileCases(draw), ...checkpointCases(draw), ...bucketCases(draw)];
  }, 60_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function judge(given: readonly Case[]): SpawnSyncReturns<string> {
    const file = join(folder, 'cases.jsonl');
    writeFileSync(file, given.map((one) => `${JSON.stringify(one)}\n`).join(''));
    return spawnSync(join(folder, 'verifier'), [file], { encoding: 'utf8' });
  }

  test('agrees with ours on every proof, good and spoiled', () => {
    const { status, stdout, stderr } = judge(cases);
    expect(stderr).toBe('');
    expect(stdout.split('\n').filter((line) => line.startsWith('DISAGREES'))).toEqual([]);
    expect(stdout).toContain(`total ${cases.length}\ndisagreements 0\n`);
    expect(status).toBe(0);
  });

  test('was asked enough of each kind, and our verifier accepts just what was made to be good', () => {
    const count = (kind: string, expected: string) =>
      cases.filter((one) => one.kind === kind && one.expect === expected).length;
    for (const kind of ['checkpoint', 'inclusion', 'consistency', 'bucket'])
      expect([kind, count(kind, 'accept') >= 50, count(kind, 'reject') >= 300]).toEqual([kind, true, true]);
    const good = (one: Case) => /: good$|variant [01]$|^tile\//.test(one.name);
    expect(cases.filter((one) => good(one) !== (one.expect === 'accept'))).toEqual([]);
    const shared = cases.filter(
      (one) => one.kind === 'bucket' && good(one) && String(one['contents']).length > 100,
    );
    expect(shared.length).toBeGreaterThan(10);
  });

  test('notices when the two disagree', () => {
    const [first] = cases;
    const { status, stdout } = judge([{ ...first!, expect: 'reject' }]);
    expect(status).toBe(1);
    expect(stdout).toContain('disagreements 1');
    expect(judge([{ ...first!, kind: 'other' as 'tile' }]).status).toBe(2);
  });
});
