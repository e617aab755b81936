import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { copyFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { developmentHeader } from '../../apps/api/src/callers.js';
import {
  createApp,
  openDataFolder,
  openLog,
  openOutbox,
  openReadModels,
  type Server,
} from '../../apps/api/src/index.js';
import { Ledger } from '#event-store';
import { TABLES } from '#knowledge';
import { ServedLog } from '#log';
import { ReadStore, type ReadModels, type Table } from '#read-store';
import type { Sealing } from '#sealing';
import { addDays, civilDate, dayOf, systemClock } from '#time';
import { sharing, World, type Knowing, type Professional, type Someone } from './harness.js';

let models: ReadModels;
let sealing: Sealing;

/** The server, with its parts in reach. */
async function serve(dataDir: string): Promise<Server> {
  const folder = await openDataFolder(dataDir, false);
  sealing = folder.sealing;
  const ledger = new Ledger(folder.store, sealing, systemClock);
  const opened = await openReadModels(folder, ledger);
  models = opened;
  const log = pino({ level: 'silent' });
  const config = { host: '', port: 0, dataDir, tokensFile: undefined };
  const served = await ServedLog.here(await openLog(folder, systemClock, config));
  const outbox = openOutbox(folder, ledger, log);
  const app = await createApp({
    ledger,
    sealing,
    models,
    served,
    outbox,
    clock: systemClock,
    callerOf: developmentHeader,
    log,
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const close = async () => {
    await app.close();
    await outbox.close();
    await served.close();
    await opened.close();
    await folder.close();
  };
  return { url: await app.getUrl(), close };
}

let world: World;
let [caron, noel]: Professional[] = [];
let lea: Someone;

beforeAll(async () => {
  world = await World.open({ serve });
  caron = await world.professional('Caron');
  noel = await world.professional('Noël');
  lea = await world.person();
  await live(lea);
  await defer();
});
afterAll(() => world.close());

/** A little of everything that changes a table: late facts, a correction, a withdrawal, a purge. */
async function live(person: Someone): Promise<void> {
  const by = world.client.as(caron!.by);
  const items = [
    await world.item(person, caron!, { effectiveAt: '2026-01-05' }),
    await world.item(person, caron!),
  ];
  const scope = { items, recipients: [noel!.to] };
  const consent = await world.agreed(person, caron!, scope, { effectiveAt: '2026-01-08' });
  const act = { items: items.slice(0, 1).map((item) => ({ item })), recipients: [noel!.to] };
  const today = dayOf(systemClock.now());
  const disclosure = await world.shared(person, caron!, { ...act, effectiveAt: today });
  const told = { source: 'note', certainty: 'likely', effectiveAt: '2026-01-09', ...act };
  const reported = await by.tell(`${person.path}/disclosure-reports`, told);
  const corrections = `${person.path}/disclosures/${String(reported['disclosure'])}/corrections`;
  await by.tell(corrections, { duplicateOf: disclosure, reason: 'un seul appel' });
  await by.tell(`${person.path}/disclosures/${disclosure}/contests`, { ground: 'non' });
  await by.tell(`${person.path}/outsiders`, { kind: 'relative', name: 'Éloïse' });
  await by.tell(`${person.path}/items/${items[0]!}/requalifications`, {
    label: 'chutes',
    reason: 'plus juste',
  });
  await by.tell(`${person.path}/objections`, { means: 'oral', purposes: ['social-follow-up'] });
  await by.tell(`${person.path}/consents/${consent}/withdrawals`, {
    means: 'oral',
    effectiveAt: today,
  });
  const purge = { items: items.slice(0, 1), remains: 'memory', why: 'dit', effectiveAt: today };
  await world.client.as(noel!.by).tell(`${person.path}/purges`, purge);
  const commission = await world.client.tell('/v1/commissions', {
    kind: 'CCAPEX',
    name: 'CCAPEX du Vernay',
    institution: caron!.institution,
    purpose: 'eviction-prevention',
    regime: 'loi-90-449-7-2-to-instructor',
  });
  const members = `/v1/commissions/${String(commission['commission'])}/members`;
  await world.client.tell(members, { mandate: noel!.mandate, validFrom: '2026-01-01' });
  await by.tell(`${person.path}/cases`, {
    commission: commission['commission'],
    question: 'Maintien dans le logement',
    whyCollective: 'Plusieurs services',
    items: [{ item: items[1] }],
  });
  await world.client.tell(`/v1/institutions/${caron!.institution}/sources`, { source: 'x', upTo: '2026-01' });
  await by.rows(`${person.path}/consents`);
  const other = { ...told, items: [{ item: items[1] }] };
  await by.tell(`${person.path}/disclosure-reports`, other);
  const [found] = await world.client.rows<{ id: string }>('/v1/findings', {
    validAt: '2060-01-01',
    person: person.id,
  });
  const treated = { treatment: 'accepted', reason: 'connu' };
  await world.client.tell(`${person.path}/findings/${found!.id}/treatment`, treated);
}

/** A child whom nobody tells yet that somebody was alerted. */
async function defer(): Promise<void> {
  const purposes = ['child-danger-alert'];
  const at = { purposes, secrecy: ['ase-mission'], categories: ['crip'] };
  const crip = await world.professional('Vasseur', at);
  const tom = await world.person({ givenName: 'Tom', birthDate: '2021-05-17' });
  const item = await world.item(tom, caron!, { category: 'child-danger', label: 'ecchymoses' });
  const today = dayOf(systemClock.now());
  const act = { items: [{ item }], recipients: [crip.to], purpose: 'child-danger-alert', effectiveAt: today };
  await world.client.as(caron!.by).tell(`${tom.path}/deferrals`, {
    ...sharing({ ...act, provision: 'casf-l226-2-1' }),
    ground: 'interest-of-the-child',
    reason: 'Représailles à craindre',
    reviewBy: addDays(civilDate(today), 60).date,
  });
}

/** Whose key seals a cell of the table. */
const OWNER: Readonly<Record<string, string>> = { label: 'person', actor: 'actor' };

/** What the tables say, one line a row, in an order of their own. */
async function dump(store: ReadStore): Promise<readonly string[]> {
  const tables = await Promise.all(TABLES.map((table) => linesOf(store, table)));
  return tables.flat();
}

async function linesOf(store: ReadStore, { name }: Table): Promise<readonly string[]> {
  const lines = store.all(`SELECT * FROM ${name}`).map(async (row) => {
    const cells = Object.entries(row).map(async ([column, cell]) => {
      if (!(cell instanceof Uint8Array)) return [column, cell];
      const owner = OWNER[name]!;
      return [column, await sealing.openText(`${owner}:${String(row[owner])}`, `${name}.${column}`, cell)];
    });
    return `${name} ${JSON.stringify(await Promise.all(cells))}`;
  });
  return (await Promise.all(lines)).toSorted();
}

function remove(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
}

const files = () => readdirSync(world.dataDir).filter((name) => /^read-\d+\.db$/.test(name));

describe('the read models', () => {
  test('made anew from the first event say what the live ones say', async () => {
    await models.waitFor(await world.client.end(), 5000);
    const before = await dump(models.store);
    const [file] = files();
    for (const table of TABLES) expect(before.some((line) => line.startsWith(`${table.name} `))).toBe(true);
    const seen: number[] = [];
    await models.rebuild((position) => seen.push(position));
    expect(await dump(models.store)).toEqual(before);
    expect(seen.at(-1)).toBe(await world.client.end());
    expect(files()).toHaveLength(1);
    expect(files()).not.toContain(file);
  });

  test('answer while they are made anew, and miss nothing that is written meanwhile', async () => {
    const person = await world.person();
    const progress = { ended: false };
    const rebuilds = (async () => {
      for (let n = 0; n < 3; n++) await models.rebuild();
      progress.ended = true;
    })();
    const items: string[] = [];
    while (!progress.ended || items.length < 20) {
      items.push(await world.item(person, caron!));
      const rows = await world.client.rows<Knowing>(`${person.path}/who-knows`, { limit: 500 });
      expect(rows.map(({ item }) => item).toSorted()).toEqual(items.toSorted());
    }
    await rebuilds;
    await live(person);
    await models.waitFor(await world.client.end(), 5000);
    const now = await dump(models.store);
    await models.rebuild();
    expect(await dump(models.store)).toEqual(now);
  });

  test('know persons and mandates also while a swap is under way', async () => {
    const [, ...told] = await Promise.all([
      models.rebuild(),
      ...Array.from({ length: 10 }, async () => {
        const somebody = await world.person();
        return (await world.client.get(`${somebody.path}/who-knows`, { after: world.client.position }))
          .status;
      }),
    ]);
    expect(told).toEqual(told.map(() => 200));
  });
});

describe('at the start of the server', () => {
  /** Does something to the files while the server is stopped, and tells what the tables say before and after. */
  async function expectSameAfterRestart(meanwhile: (path: string) => void): Promise<void> {
    const told = await world.client.rows(`${lea.path}/who-knows`);
    await models.waitFor(await world.client.end(), 5000);
    const before = await dump(models.store);
    const [file] = files();
    await world.stop();
    meanwhile(join(world.dataDir, file!));
    await world.start();
    expect(await dump(models.store)).toEqual(before);
    expect(await world.client.rows(`${lea.path}/who-knows`)).toEqual(told);
    expect(files()).toHaveLength(1);
  }

  test('the file that is there is used as it is', async () => {
    const [file] = files();
    await expectSameAfterRestart(() => {});
    expect(files()).toEqual([file]);
  });

  test('a file that was deleted is made anew', () => expectSameAfterRestart((path) => remove(path)));

  test('a file of another shape is made anew', () =>
    expectSameAfterRestart((path) => {
      const store = ReadStore.open(path, TABLES);
      store.setMeta('shape', 'of an older version');
      store.apply([], 1_000_000);
      store.close();
    }));

  test('a file that is ahead of the ledger, as after the restore of an older one, is made anew', () =>
    expectSameAfterRestart((path) => {
      const store = ReadStore.open(path, TABLES);
      store.apply([], 1_000_000);
      store.close();
    }));

  test('a file that was never finished is made anew', () =>
    expectSameAfterRestart((path) => {
      const store = ReadStore.open(path, TABLES);
      store.setMeta('complete', 'no');
      store.close();
    }));

  test.each([
    ['is empty', ''],
    ['is no database', 'this is no database'],
    ['holds zeros', '\u0000'.repeat(5000)],
  ])('a newer file that %s is made anew', (_, content) =>
    expectSameAfterRestart((path) => writeFileSync(path.replace(/read-\d+/, 'read-900'), content)),
  );

  test('a file that lags behind catches up', async () => {
    const older = join(world.dataDir, 'older');
    await expectSameAfterRestart((path) => copyFileSync(path, older));
    await live(await world.person());
    await expectSameAfterRestart((path) => {
      remove(path);
      copyFileSync(older, path);
    });
  });
});
