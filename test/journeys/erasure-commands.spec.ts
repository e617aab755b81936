import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { streamName } from '#decider';
import { openDatabase } from '#event-store';
import { labelOf } from '#transparency';
import { World, type Someone } from './harness.js';
import { Program } from './program.js';

let program: Program;
let world: World;
let lea: Someone;
let folder: string;
let checkpoint: string;

const run = (args: readonly string[], dataDir = world.dataDir) =>
  program.run(args, { SILLAGE_DATA_DIR: dataDir });

/** A person whose erasure was requested two months ago; the server is stopped, backups are of before. */
beforeAll(async () => {
  program = await Program.build();
  folder = mkdtempSync(join(tmpdir(), 'sillage-erasure-'));
  world = await World.open();
  await world.on('2026-01-05');
  const nurse = await world.professional('Martin');
  const noel = await world.professional('Noël');
  lea = await world.person();
  const item = await world.item(lea, nurse, { effectiveAt: '2026-01-05' });
  await world.agreed(lea, nurse, { items: [item], recipients: [noel.to] }, { effectiveAt: '2026-01-05' });
  await world.shared(lea, nurse, { items: [{ item }], recipients: [noel.to], effectiveAt: '2026-01-05' });
  await world.client.as(nurse.by).rows(`${lea.path}/who-knows`);
  await world.client.tell(`${lea.path}/erasure`, { groundsToKeep: [] });
  await world.stop();
  await world.start();
  checkpoint = join(folder, 'checkpoint');
  writeFileSync(checkpoint, (await world.client.send('GET', '/checkpoint')).text);
  await world.stop();
  cpSync(world.dataDir, join(folder, 'before'), { recursive: true });
});
afterAll(() => {
  program.remove();
  world.folder.remove();
  rmSync(folder, { recursive: true });
});

function countIn(file: string, sql: string, ...parameters: string[]): number {
  const db = openDatabase(file, { readOnly: true });
  const { n } = db.prepare(sql).get(...parameters) as { n: number };
  db.close();
  return n;
}
const rowsIn = (dataDir: string) =>
  countIn(
    join(dataDir, 'ledger.db'),
    'SELECT count(*) AS n FROM event WHERE stream IN (?, ?)',
    `person-${lea.id}`,
    `access-${lea.id}`,
  );
const keysIn = (dataDir: string) =>
  countIn(join(dataDir, 'keys.db'), 'SELECT count(*) AS n FROM key WHERE owner = ?', `person:${lea.id}`);

/** A data folder as a restore leaves it: some files of before the erasure, the others of now. */
async function restored(older: readonly string[], more: readonly string[] = []): Promise<string> {
  const [ledger, keys, dataDir] = ['ledger', 'keys', 'data'].map((name) =>
    join(mkdtempSync(join(folder, 'restore-')), name),
  ) as [string, string, string];
  for (const [name, place] of [
    ['ledger.db', ledger],
    ['keys.db', keys],
    ['root.key', keys],
  ] as const)
    cpSync(join(older.includes(name) ? join(folder, 'before') : world.dataDir, name), join(place, name));
  const told = await run(['restore', ledger, '--keys', keys, ...more], dataDir);
  expect([told.code, told.err]).toEqual([0, '']);
  return dataDir;
}

describe('sillage erase, while the server is stopped', () => {
  test('ends the erasure, and again changes nothing', async () => {
    expect([rowsIn(world.dataDir) > 0, keysIn(world.dataDir)]).toEqual([true, 1]);
    const told = await run(['erase', '--person', lea.id]);
    expect([told.code, told.err]).toEqual([0, '']);
    expect(told.out).toMatch(/^2 streams were erased/);
    expect([rowsIn(world.dataDir), keysIn(world.dataDir)]).toEqual([0, 0]);
    const size = countIn(
      join(world.dataDir, 'ledger.db'),
      "SELECT count(*) AS n FROM event WHERE stream <> 'log'",
    );
    expect((await run(['erase', '--person', lea.id])).code).toBe(0);
    expect(
      countIn(join(world.dataDir, 'ledger.db'), "SELECT count(*) AS n FROM event WHERE stream <> 'log'"),
    ).toBe(size);
  });

  test('leaves a ledger that verifies, and every earlier checkpoint its beginning', async () => {
    const told = await run(['verify', 'ledger', '--data-dir', world.dataDir, '--saved', checkpoint]);
    expect(told.out).toContain('are those of the kept checkpoint');
    expect(told.out).toContain('unaltered: every row is as it was logged.');
    expect(told.code).toBe(0);
  });

  test('tells in one sentence whom it does not know', async () => {
    const told = await run(['erase', '--person', '00000000-0000-4000-8000-000000000001']);
    expect([told.code, told.err.trim().split('\n').length]).toEqual([1, 1]);
  });
});

describe('a restore', () => {
  test('of an older ledger removes again what the key store knows to be erased', async () => {
    expect(rowsIn(await restored(['ledger.db']))).toBe(0);
  });

  test('of an older key store destroys again what the ledger names as erased', async () => {
    const dataDir = await restored(['keys.db']);
    expect([rowsIn(dataDir), keysIn(dataDir)]).toEqual([0, 0]);
  });

  test('of both from before the erasure applies what a replaying witness remembers, and verifies', async () => {
    const known = join(folder, 'erased');
    const streams = [streamName('person', lea.id), streamName('access', lea.id)];
    writeFileSync(known, streams.map((stream) => `${labelOf(stream)}\n`).join(''));
    const dataDir = await restored(['ledger.db', 'keys.db'], ['--erased', known]);
    expect([rowsIn(dataDir), keysIn(dataDir)]).toEqual([0, 0]);
    const told = await run(['verify', 'ledger', '--data-dir', dataDir]);
    expect([told.code, told.out]).toEqual([0, expect.stringMatching(/^warned +erasing /m)]);
    writeFileSync(known, 'nonsense\n');
    const before = join(folder, 'before');
    const refused = await run(['restore', before, '--keys', before, '--erased', known], join(folder, 'no'));
    expect([refused.code, refused.err]).toEqual([1, expect.stringMatching(/does not list the labels/)]);
  });
});

describe('sillage keys', () => {
  test('rotates the root key, after which no older backup of the keys is taken', async () => {
    expect((await run(['keys', 'status'])).out).toMatch(/^Version 1 of the root key.* opens the keys/);
    const before = readFileSync(join(world.dataDir, 'root.key'), 'utf8');
    const told = await run(['keys', 'rotate']);
    expect([told.code, told.out]).toEqual([
      0,
      expect.stringMatching(/^Version 2 of the root key wraps the keys/),
    ]);
    expect(readFileSync(join(world.dataDir, 'root.key'), 'utf8')).not.toBe(before);
    await world.start();
    await world.stop();
    const older = join(folder, 'older');
    cpSync(world.dataDir, older, { recursive: true });
    copyFileSync(join(folder, 'before', 'keys.db'), join(older, 'keys.db'));
    const refused = await run(['serve'], older);
    expect([refused.code, refused.err]).toEqual([
      1,
      expect.stringMatching(
        /^The root key \(version 2\) does not open the keys \(wrapped by version 1\)[^\n]*\n$/,
      ),
    ]);
  });

  test('are not touched while a server uses them', async () => {
    await world.start();
    const told = await run(['keys', 'rotate']);
    expect([told.code, told.err]).toEqual([1, expect.stringContaining('in use by another server')]);
    await world.stop();
  });
});
