import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expectProblem } from './expect-problem.js';
import { World, type Professional, type Someone } from './harness.js';

let world: World;
const chain: Professional[] = [];
let lea: Someone;
let item: string;
let consent: string;

const HOPS = 10;

/** Ten hops from one service to the next, all on one consent. */
beforeAll(async () => {
  world = await World.open();
  await world.on('2026-01-05');
  for (let n = 0; n <= HOPS; n++) chain.push(await world.professional(`Relais ${n}`));
  lea = await world.person();
  item = await world.item(lea, chain[0]!, { effectiveAt: '2026-01-05' });
  const recipients = chain.slice(1).map(({ to }) => to);
  consent = await world.agreed(lea, chain[0]!, { items: [item], recipients }, { effectiveAt: '2026-01-05' });
  for (let n = 0; n < HOPS; n++)
    await world.shared(lea, chain[n]!, {
      items: [{ item }],
      recipients: [chain[n + 1]!.to],
      effectiveAt: '2026-01-05',
    });
});
afterAll(() => world.close());

interface Happened {
  readonly type: string;
  readonly data: {
    readonly notice?: string;
    readonly to?: { readonly mandate?: string };
    readonly asks?: string;
  };
}

async function notices(): Promise<readonly Happened[]> {
  const rows = await world.client.rows<Happened>(`${lea.path}/timeline`, { limit: 500 });
  return rows.filter(({ type }) => type === 'NoticeIssued');
}

/** The reaction runs by itself; it is waited for, not timed. */
async function noticesOnceIssued(count: number): Promise<readonly Happened[]> {
  for (let tries = 0; tries < 200; tries++) {
    const found = await notices();
    if (found.length >= count) return found;
    await sleep(25);
  }
  return notices();
}

describe('a withdrawal that ends', () => {
  test('is told to each of ten holders down the chain, once', async () => {
    await world.on('2026-02-20');
    await world.client.as(lea.by).tell(`${lea.path}/consents/${consent}/withdrawals`, { means: 'written' });
    const issued = await noticesOnceIssued(HOPS);
    expect(issued.map(({ data }) => data.to?.mandate)).toEqual(chain.slice(1).map(({ mandate }) => mandate));
    expect(new Set(issued.map(({ data }) => data.asks))).toEqual(new Set(['purge']));
  });

  test('is not told again after a restart, nor when the reaction forgets where it was', async () => {
    await world.stop();
    for (const suffix of ['', '-wal', '-shm'])
      rmSync(`${world.dataDir}/reactions.db${suffix}`, { force: true });
    await world.start();
    await world.on('2026-02-21');
    const other = await world.person();
    const third = await world.item(other, chain[0]!, { effectiveAt: '2026-02-21' });
    const scope = { items: [third], recipients: [chain[1]!.to] };
    const given = await world.agreed(other, chain[0]!, scope, { effectiveAt: '2026-02-21' });
    await world.shared(other, chain[0]!, {
      items: [{ item: third }],
      recipients: [chain[1]!.to],
      effectiveAt: '2026-02-21',
    });
    await world.client.as(other.by).tell(`${other.path}/consents/${given}/withdrawals`, { means: 'oral' });
    // What comes after in the ledger has been reacted to, so everything before it has been looked at again.
    for (let tries = 0; tries < 200; tries++) {
      const rows = await world.client.rows<Happened>(`${other.path}/timeline`);
      if (rows.some(({ type }) => type === 'NoticeIssued')) break;
      await sleep(25);
    }
    expect(await notices()).toHaveLength(HOPS);
  });

  test('ends for each holder in its own way', async () => {
    const [first, second, third] = await notices();
    const answer = (n: Happened) => `${lea.path}/notices/${n.data.notice!}/answer`;
    const purge = { items: [item], remains: 'nothing' };
    await world.client.as(chain[1]!.by).tell(`${lea.path}/purges`, purge);
    const late = await world.client
      .as(chain[1]!.by)
      .post(answer(first!), { answer: 'contested', reason: 'x' });
    expectProblem(late, 409, 'already-ended');
    const contested = { answer: 'contested', reason: 'CASF L222-3' };
    expect(await world.client.as(chain[2]!.by).tell(answer(second!), contested)).toMatchObject({
      events: [{ type: 'NoticeContested' }],
    });
    const foreign = await world.client.as(chain[4]!.by).post(answer(third!), contested);
    expectProblem(foreign, 403, 'not-permitted');
    const impossible = { answer: 'impossible', reason: 'Le service a fermé.' };
    expect(await world.client.as(chain[3]!.by).tell(answer(third!), impossible)).toMatchObject({
      events: [{ type: 'NoticeClosed' }],
    });
  });
});
