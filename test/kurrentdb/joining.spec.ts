import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { startServer, type Server } from '../../apps/api/src/index.js';
import { copyNode } from '../../apps/cli/src/snapshot.js';
import { Client } from '../journeys/client.js';
import { World } from '../journeys/harness.js';
import { closeAll, startNode } from './naive.js';

const MINUTES = 120_000;

let url: string;
let world: World;
/** How far read models were made anew, each time that one told of it. */
let madeAnew: number[];

function serve(dataDir: string, name: string): Promise<Server> {
  const keysDir = join(dataDir, 'keys');
  const config = { host: '127.0.0.1', port: 0, dataDir: join(dataDir, name), keysDir, tokensFile: undefined };
  const progress = (position: number) => madeAnew.push(position);
  return startServer({ ...config, kurrentUrl: url }, { log: pino({ level: 'silent' }), progress });
}

beforeAll(async () => {
  madeAnew = [];
  ({ url } = await startNode());
  world = await World.open({ serve: (dataDir) => serve(dataDir, 'one') });
}, MINUTES);
afterAll(async () => {
  await world.close();
  await closeAll();
});

test(
  'a node that joins begins with the copy of a running one, and follows from there',
  async () => {
    const caron = await world.professional('Caron');
    const lea = await world.person();
    const told = [await world.item(lea, caron)];
    await world.client.rows(`${lea.path}/who-knows`);
    const writing = (async () => {
      for (let n = 0; n < 20; n++) told.push(await world.item(lea, caron, { label: `information ${n}` }));
    })();
    const copied = copyNode(join(world.dataDir, 'one'), join(world.dataDir, 'two'));
    expect(copied.toSorted()).toEqual(['log.db', 'outbox.db', 'reactions.db', 'read-1.db']);
    await writing;
    madeAnew = [];
    const joined = await serve(world.dataDir, 'two');
    expect(madeAnew).toEqual([]);
    expect(readdirSync(join(world.dataDir, 'two'))).toContain('read-1.db');
    const query = { after: await world.client.end() };
    const rows = await new Client(joined.url).rows<{ item: string }>(`${lea.path}/who-knows`, query);
    expect(rows.map(({ item }) => item).toSorted()).toEqual(told.toSorted());
    expect(rows).toEqual(await world.client.rows(`${lea.path}/who-knows`, query));
    await joined.close();
  },
  MINUTES,
);
