import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { World } from '../journeys/harness.js';
import { Draw, type Case } from './cases.js';
import { buildVerifier } from './go.js';
import { download, liveBuckets, liveCheckpoints, liveConsistencies, liveInclusions } from './live-cases.js';

const CHECKPOINTS = 24;
const PERSONS_EACH = 12;

/** A server that lives: some persons and items between one checkpoint and the next. */
async function lived(world: World): Promise<{ readonly notes: string[]; readonly persons: string[] }> {
  const notes: string[] = [];
  const persons: string[] = [];
  const caron = await world.professional('Caron');
  for (let i = 0; i < CHECKPOINTS; i++) {
    for (let n = 0; n < PERSONS_EACH; n++) {
      const person = await world.person();
      persons.push(person.id);
      await world.item(person, caron);
      if (n % 3 === 0) await world.item(person, caron);
    }
    // The clock of a demonstration is set after a checkpoint of what was before.
    await world.on(new Date(Date.now() + (i + 1) * 60_000).toISOString());
    notes.push((await world.client.get('/checkpoint')).text);
  }
  return { notes, persons };
}

async function receiptOf(world: World, person: string): Promise<string> {
  const { rows } = await world.client.ask<{ event: string }>(`/v1/persons/${person}/timeline`);
  return (await world.client.get(`/v1/persons/${person}/receipts/${rows.at(-1)!.event}`)).text;
}

describe('what a live server gives out', () => {
  let folder: string;
  let world: World;
  let cases: Case[];
  let receipts: string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sillage-live-'));
    world = await World.open();
    const { notes, persons } = await lived(world);
    receipts = await Promise.all(persons.slice(-8).map((person) => receiptOf(world, person)));
    const draw = new Draw();
    const live = await download(world, notes, persons.slice(-60));
    cases = [
      ...liveCheckpoints(live, draw),
      ...liveInclusions(live, draw, 300),
      ...liveConsistencies(live, draw, 150),
      ...liveBuckets(live, draw),
    ];
  }, 120_000);
  afterAll(async () => {
    await world.close();
    rmSync(folder, { recursive: true });
  });

  test('is judged by a verifier that we did not write as by ours: every proof stands, every tampered one falls', () => {
    const { status, stdout, stderr } = buildVerifier(folder)(cases);
    expect(stderr).toBe('');
    expect(stdout.split('\n').filter((line) => line.startsWith('DISAGREES'))).toEqual([]);
    expect(stdout).toContain(`total ${cases.length}\ndisagreements 0\n`);
    expect(status).toBe(0);
    process.stderr.write(stdout);
  });

  test('holds receipts that plain Python checks as docs/verification.md says', () => {
    const file = join(folder, 'receipt.json');
    const python = (text: string) => {
      writeFileSync(file, text);
      return spawnSync('python3', [join(__dirname, 'receipt.py'), file], { encoding: 'utf8' });
    };
    for (const text of receipts) {
      const { proof } = JSON.parse(text) as { proof: string };
      expect(python(text)).toMatchObject({ status: 0, stdout: proof.slice(proof.indexOf('\n\n') + 2) });
      const spoilt = [
        text.replace('"schema": 1', '"schema": 2'),
        text.replace(/"stream": "person-./, (found) => `${found.slice(0, -1)}x`),
        text.replace(/"opening": "./, (found) => `${found.slice(0, -1)}-`),
        text.replace(/index \d+/, 'index 1'),
      ];
      for (const other of spoilt) {
        expect(other).not.toBe(text);
        expect(python(other)).toMatchObject({ status: 1, stderr: expect.stringContaining('It was refused') });
      }
    }
  });

  test('is good where it was not touched, and only there, in 500 cases and more', () => {
    const good = (one: Case) => one.name.endsWith(': good');
    expect(cases.filter((one) => good(one) !== (one.expect === 'accept'))).toEqual([]);
    expect(cases.filter(good).length).toBeGreaterThanOrEqual(500);
    const absent = cases.filter((one) => one.kind === 'bucket' && good(one) && one['count'] === 0);
    expect(absent.length).toBe(60);
  });
});
