import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { rmSync } from 'node:fs';
import { World, type Professional, type Someone } from './harness.js';
import { institutionAt, outbox, until, withdrawnFrom } from './outbox.js';
import { Receiver } from './receiver.js';

const HOPS = 10;
const ALL_BUT_ONE_HOUR = ['2026-02-20T10:00:00Z', '2026-02-20T21:00:00Z', '2026-02-22T08:00:00Z'];

let world: World;
/** The second cannot be reached; the third takes its first message and fails before it says so. */
let receivers: Receiver[];
let institutions: string[];
const chain: Professional[] = [];
let lea: Someone;
let item: string;

beforeAll(async () => {
  receivers = [await Receiver.opened(), await Receiver.closed(), await Receiver.opened()];
  let failed = false;
  receivers[2]!.answering = (response) => {
    response.writeHead(failed ? 204 : 500).end();
    failed = true;
  };
  world = await World.open();
  await world.on('2026-01-05');
  institutions = [];
  for (const receiver of receivers) institutions.push(await institutionAt(world, receiver));
  for (let n = 0; n <= HOPS; n++)
    chain.push(await world.professional(`Relais ${n}`, { institution: institutions[n % 3]! }));
  ({ person: lea, item } = await withdrawnFrom(world, chain, ['2026-01-05', '2026-02-20']));
});
afterAll(async () => {
  await world.close();
  await Promise.all(receivers.map((receiver) => receiver.close()));
});

interface Issued {
  readonly type: string;
  readonly data: { readonly notice: string; readonly to: { readonly mandate: string } };
}

/** Ids of the notices to holders of this institution, as the ledger has them. */
async function noticesTo(n: number): Promise<readonly string[]> {
  const rows = await world.client.rows<Issued>(`${lea.path}/timeline`, { limit: 500 });
  const mandates = chain.filter(({ institution }) => institution === institutions[n]);
  return rows
    .filter(
      ({ type, data }) => type === 'NoticeIssued' && mandates.some((m) => m.mandate === data.to.mandate),
    )
    .map(({ data }) => data.notice);
}

/** Everything that is due at this moment has been tried, and something is still to come. */
async function triedAt(instant: string): Promise<void> {
  await world.on(instant);
  const now = new Date(instant).toISOString();
  await until(async () => {
    const rows = await outbox(world, institutions[1]);
    return rows.length === 4 && rows.every(({ nextTry }) => nextTry !== null && nextTry > now);
  });
}

async function restart(isForgetting: boolean): Promise<void> {
  await world.stop();
  if (isForgetting)
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${world.dataDir}/outbox.db${suffix}`, { force: true });
  await world.start();
}

const sorted = (ids: readonly string[]) => [...ids].sort();

describe('notices down a chain of ten hops, one institution of three out of reach for 48 hours', () => {
  test('reach the other two, once each, as far as the receiver can tell', async () => {
    await until(() => receivers[0]!.distinct.length === 3 && receivers[2]!.distinct.length === 3);
    await until(async () => (await outbox(world)).length === 5);
    await world.on('2026-02-20T09:01:00Z');
    await until(async () => (await outbox(world)).length === 4);
    expect(receivers[0]!.messages).toHaveLength(3);
    expect(receivers[2]!.messages).toHaveLength(4);
    expect(sorted(receivers[0]!.distinct)).toEqual(sorted(await noticesTo(0)));
    expect(sorted(receivers[2]!.distinct)).toEqual(sorted(await noticesTo(2)));
  });

  test('wait for the third with the kind of error, over a restart', async () => {
    await triedAt(ALL_BUT_ONE_HOUR[0]!);
    await restart(false);
    await triedAt(ALL_BUT_ONE_HOUR[1]!);
    for (const row of await outbox(world))
      expect(row).toMatchObject({ institution: institutions[1], state: 'pending', lastError: 'unreachable' });
  });

  test('are not told again to those who answered, when the outbox is lost', async () => {
    const [answered] = await noticesTo(2);
    await world.client.as(chain[2]!.by).tell(`${lea.path}/notices/${answered!}/answer`, {
      answer: 'contested',
      reason: 'CASF L222-3',
    });
    await world.client.as(chain[3]!.by).tell(`${lea.path}/purges`, { items: [item], remains: 'nothing' });
    const [purged] = await noticesTo(0);
    const [before, beforeThem] = [receivers[0]!.messages.length, receivers[2]!.messages.length];
    await restart(true);
    await triedAt(ALL_BUT_ONE_HOUR[2]!);
    await until(async () => receivers[0]!.messages.length === before + 2);
    await until(async () => receivers[2]!.messages.length === beforeThem + 2);
    const again = [...receivers[0]!.messages.slice(before), ...receivers[2]!.messages.slice(beforeThem)];
    expect(again.map(({ id }) => id)).not.toContain(answered);
    expect(again.map(({ id }) => id)).not.toContain(purged);
    expect(receivers[0]!.distinct).toHaveLength(3);
    expect(receivers[2]!.distinct).toHaveLength(3);
  });

  test('all arrive once it is back, genuine and without content', async () => {
    await receivers[1]!.open();
    await world.on('2026-02-25T09:00:00Z');
    await until(async () => (await outbox(world)).length === 0);
    expect(sorted(receivers[1]!.distinct)).toEqual(sorted(await noticesTo(1)));
    expect(receivers[1]!.messages).toHaveLength(4);
    const all = receivers.flatMap(({ messages }) => messages);
    expect(all.every(({ genuine }) => genuine)).toBe(true);
    for (const { body } of all) expect(body).not.toMatch(/Léa|Besnard|chute|Relais|Service/);
  });

  test('are CloudEvents that say what is asked of whom, until when', async () => {
    const [message] = receivers[1]!.messages;
    expect(message!.contentType).toBe('application/cloudevents+json; charset=utf-8');
    const event = JSON.parse(message!.body) as { readonly data: object };
    expect(event).toEqual({
      specversion: '1.0',
      id: message!.id,
      source: expect.stringMatching(/^urn:uuid:[0-9a-f-]{36}$/),
      type: 'fr.sillage.notice.issued',
      time: expect.stringMatching(/^2026-02-20T09:/),
      datacontenttype: 'application/json',
      data: expect.objectContaining({
        notice: message!.id,
        person: lea.id,
        items: [item],
        asks: 'purge',
        answerBy: '2026-03-22',
      }),
    });
    expect(Object.keys(event.data)).toEqual([
      'notice',
      'person',
      'to',
      'items',
      'disclosures',
      'asks',
      'answerBy',
    ]);
  });
});
