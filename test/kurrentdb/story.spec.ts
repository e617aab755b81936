import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { startServer, type Server } from '../../apps/api/src/index.js';
import { playDemo } from '../../apps/cli/src/demo/demo.js';
import { temporaryFolder } from '../journeys/harness.js';
import { closeAll, startNode } from './naive.js';
import type { StandIn } from './stand-in/node.js';

const folders: ReturnType<typeof temporaryFolder>[] = [];
let node: StandIn;

beforeAll(async () => {
  node = await startNode();
});
afterAll(async () => {
  await closeAll();
  for (const folder of folders) folder.remove();
});

function newFolder(): string {
  folders.push(temporaryFolder());
  return folders.at(-1)!.path;
}

function serve(dataDir: string, kurrentUrl?: string): Promise<Server> {
  const config = { host: '127.0.0.1', port: 0, dataDir, tokensFile: undefined, kurrentUrl };
  return startServer(config, { demonstration: true, log: pino({ level: 'silent' }) });
}

/** What the story prints, less the ids that it made, and their order among what is of one day. */
async function tell(server: Server): Promise<string> {
  let printed = '';
  await playDemo(server.url, true, (text) => (printed += text));
  return printed
    .replaceAll(/[0-9a-f-]{36}/g, '<id>')
    .split('\n')
    .toSorted()
    .join('\n');
}

describe('the story of Henri and Lina', () => {
  let dataDir: string;
  let first: string;

  test('is answered alike by a ledger in one file and a ledger in a cluster', async () => {
    const embedded = await serve(newFolder());
    const inOneFile = await tell(embedded);
    await embedded.close();
    dataDir = newFolder();
    const server = await serve(dataDir, node.url);
    first = await tell(server);
    await server.close();
    expect(first).toBe(inOneFile);
    expect(node.calls).not.toContain('batchAppend');
  }, 180_000);

  test('told again after a restart is known, step by step, and records nothing', async () => {
    const before = node.log.records.length;
    const server = await serve(dataDir, node.url);
    const again = await tell(server);
    await server.close();
    const answers = (printed: string) => printed.replace(/.* steps told.*/, '');
    expect(answers(again)).toBe(answers(first));
    expect(/(\d+) steps told.*, \1 of them known/.test(again)).toBe(true);
    expect(node.log.records).toHaveLength(before);
  }, 180_000);
});

describe('a data folder', () => {
  test('stays with the ledger that it was opened on', async () => {
    const dataDir = newFolder();
    const empty = await startNode();
    await (await serve(dataDir, empty.url)).close();
    await expect(serve(dataDir)).rejects.toThrow(
      /^The ledger of the data folder \S+ is in KurrentDB: set SILLAGE_KURRENTDB_URL\.$/,
    );
    const other = await startNode();
    await expect(serve(dataDir, other.url)).rejects.toThrow(/^The data folder \S+ belongs to another ledger/);
  });

  test('with a ledger of its own is not opened on another', async () => {
    const dataDir = newFolder();
    await (await serve(dataDir)).close();
    await expect(serve(dataDir, node.url)).rejects.toThrow(/holds a ledger of its own/);
  });

  test('without the keys of a ledger that has events is refused', async () => {
    await expect(serve(newFolder(), node.url)).rejects.toThrow(
      /^The keys \S+ are missing: .*Restore them\.$/,
    );
  });
});
