import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../journeys/harness.js';
import { Program, type Ended } from '../journeys/program.js';
import { closeAll, startNode } from './naive.js';
import type { StandIn } from './stand-in/node.js';

const MINUTE = 60_000;
const PASSWORD = 'not-to-be-seen';

let program: Program;
let folder: ReturnType<typeof temporaryFolder>;
let node: StandIn;
let dataDir: string;

beforeAll(async () => {
  program = await Program.build();
  folder = temporaryFolder();
  node = await startNode();
  dataDir = join(folder.path, 'data');
}, MINUTE);
afterAll(async () => {
  await closeAll();
  program.remove();
  folder.remove();
});

function run(args: readonly string[], url: string | undefined, data = dataDir): Promise<Ended> {
  return program.run(args, { SILLAGE_DATA_DIR: data, ...(url ? { SILLAGE_KURRENTDB_URL: url } : {}) });
}

function expectSentence({ code, out, err }: Ended, says: RegExp): void {
  expect(code).toBeGreaterThan(0);
  expect(out).toBe('');
  expect(err).toMatch(says);
  expect(err.trimEnd().split('\n')).toHaveLength(1);
  expect(err).not.toMatch(/\n {4}at |node:/);
  expect(err).not.toContain(PASSWORD);
}

/** What the story's answers say, without what depends on ids and addresses. */
const answers = (out: string) => out.slice(out.indexOf('===')).replaceAll(/http:\S+|The ledger of.*/g, '');

describe('moving a ledger', () => {
  let story: string;

  test(
    'to KurrentDB and back loses nothing of the story',
    async () => {
      const told = await run(['demo', '--no-stay'], undefined);
      expect(told).toMatchObject({ code: 0, err: '' });
      story = answers(told.out);
      const moved = await run(['migrate', '--to', 'kurrentdb'], node.url);
      expect(moved).toMatchObject({ code: 0, err: '' });
      expect(moved.out).toMatch(/^\d+ events were moved to KurrentDB and compared;/);
      const again = await run(['demo', '--no-stay'], node.url);
      expect(again).toMatchObject({ code: 0, err: '' });
      expect(answers(again.out)).toBe(story);
      expect(again.out).toMatch(/(\d+) steps told.*, \1 of them known/);
      expectSentence(await run(['rebuild'], undefined), /is in KurrentDB: set SILLAGE_KURRENTDB_URL\.$/m);

      const back = await run(['migrate', '--to', 'file'], node.url);
      expect(back).toMatchObject({ code: 0, err: '' });
      const home = await run(['demo', '--no-stay'], undefined);
      expect(home).toMatchObject({ code: 0, err: '' });
      expect(answers(home.out)).toBe(story);
      expect(readdirSync(dataDir).filter((name) => name.startsWith('ledger'))).toEqual([
        'ledger.db',
        'ledger.db.moved',
      ]);
      expect(await run(['verify', 'ledger', '--data-dir', dataDir], undefined)).toMatchObject({
        code: 0,
        err: '',
        out: expect.stringContaining('every row is as it was logged'),
      });
    },
    2 * MINUTE,
  );

  test(
    'is refused in one sentence where it cannot be done',
    async () => {
      expectSentence(await run(['migrate', '--to', 'kurrentdb'], undefined), /^Set SILLAGE_KURRENTDB_URL/);
      expectSentence(await run(['migrate', '--to', 'paper'], node.url), /--to kurrentdb or --to file\.$/m);
      expectSentence(await run(['migrate', '--to', 'file'], node.url), /holds a ledger already\.$/m);
      const empty = await startNode();
      const other = join(folder.path, 'other');
      expectSentence(await run(['migrate', '--to', 'file'], empty.url, other), /There is no data folder/);
      expectSentence(await run(['migrate', '--to', 'kurrentdb'], node.url, folder.path), /no ledger in/);
    },
    MINUTE,
  );
});

describe('commands on a ledger in KurrentDB', () => {
  test('that are the work of its own tools say so', async () => {
    const copy = ['backup', join(folder.path, 'copy'), '--keys', join(folder.path, 'keys')];
    expectSentence(await run(copy, node.url), /^SILLAGE_KURRENTDB_URL is set: .*docs\/operator\.md\.$/m);
    expectSentence(await run(['restore', ...copy.slice(1)], node.url), /docs\/operator\.md\.$/m);
    const snapshot = ['snapshot', join(folder.path, 'snapshot')];
    expectSentence(await run(snapshot, undefined), /is no folder of a node on a cluster/);
  });

  test.each([
    ['no address', 'localhost:2113', /^SILLAGE_KURRENTDB_URL cannot be used: it reads esdb:\/\//],
    ['nobody to be', 'esdb://127.0.0.1:2113', /our service account\.$/m],
    [
      'no certificate',
      `esdb://us:${PASSWORD}@127.0.0.1:1?tlsCAFile=/absent`,
      /settings .* cannot be used\.$/m,
    ],
    [
      'nobody there',
      'esdb://127.0.0.1:1?tls=false',
      /^The event store at 127\.0\.0\.1:1 does not answer\.$/m,
    ],
  ])(
    'are refused in one sentence where there is %s',
    async (_, url, says) => {
      expectSentence(await run(['rebuild'], url, join(folder.path, 'never')), says);
    },
    MINUTE,
  );
});
