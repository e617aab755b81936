import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Draw, type Case } from './cases.js';
import { buildVerifier } from './go.js';
import { keyCases } from './key-cases.js';
import { lossCases } from './loss-cases.js';
import { bucketCases, checkpointCases } from './log-cases.js';
import { tileCases, treeCases } from './tree-cases.js';

describe('a verifier that we did not write', () => {
  let folder: string;
  let cases: Case[];
  let judge: ReturnType<typeof buildVerifier>;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sillage-verifier-'));
    judge = buildVerifier(folder);
    const draw = new Draw();
    cases = [
      ...treeCases(draw),
      ...tileCases(draw),
      ...checkpointCases(draw),
      ...bucketCases(draw),
      ...keyCases(draw),
      ...lossCases(draw),
    ];
  }, 60_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

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
    for (const kind of ['checkpoint', 'rotation', 'loss', 'inclusion', 'consistency', 'bucket'])
      expect([kind, count(kind, 'accept') >= 50, count(kind, 'reject') >= 300]).toEqual([kind, true, true]);
    const good = (one: Case) => /[:,] good$|variant [01]$|^tile\//.test(one.name);
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
