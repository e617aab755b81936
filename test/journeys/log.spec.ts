import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { streamName, type Instant } from '#decider';
import {
  checkPerson,
  checkReceipt,
  parsePolicy,
  parseProofFile,
  parseReceipt,
  type CheckContext,
  type Policy,
  type ProofBundle,
} from '#transparency';
import { expectProblem } from './expect-problem.js';
import { World, type Professional, type Someone } from './harness.js';

const PROOFS = process.env['SILLAGE_FAULTS'] === 'full' ? 1_000 : 60;

let world: World;
let caron: Professional;
let lea: Someone;
let policy: Policy;

beforeAll(async () => {
  world = await World.open({ demonstration: false });
  caron = await world.professional('Caron');
  lea = await world.person();
  await world.item(lea, caron);
  const key = (await world.client.get('/v1/log/key')).text.trim();
  const parsed = parsePolicy(`log ${key}\nquorum none\n`);
  if (!parsed.ok) throw new Error(parsed.reason);
  policy = parsed.value;
});
afterAll(() => world.close());

const now = () => new Date().toISOString() as Instant;

function contextOf(person: Someone): CheckContext {
  const streams = [streamName('person', person.id), streamName('access', person.id)];
  return { policy, streams, now: now() };
}

async function proofOf(person: Someone): Promise<ProofBundle> {
  const told = await world.client.as(person.by).get(`${person.path}/proof`);
  expect(told.status).toBe(200);
  const bundle = parseProofFile(told.text);
  if (!bundle.ok) throw new Error(bundle.reason);
  return bundle.value;
}

/** Waits until a checkpoint covers the person's last event. */
async function receiptOf(person: Someone): Promise<string> {
  const { rows } = await world.client.ask<{ event: string }>(`${person.path}/timeline`);
  const told = await world.client.as(person.by).get(`${person.path}/receipts/${rows.at(-1)!.event}`);
  expect(told.status).toBe(200);
  return told.text;
}

describe('the log, over HTTP', () => {
  test('gives a receipt of an event as soon as a checkpoint has it', async () => {
    const receipt = parseReceipt(await receiptOf(lea));
    expect(receipt.ok && checkReceipt(receipt.value, policy)).toMatchObject({ ok: true });
    expect(receipt.ok && receipt.value.event).toMatchObject({ type: 'InformationDescribed', n: 1 });
  });

  test('gives a person everything about them, to be checked offline', async () => {
    await receiptOf(lea);
    const verdict = checkPerson(await proofOf(lea), contextOf(lea));
    expect(verdict.checks.filter((check) => check.verdict === 'failed')).toEqual([]);
    expect(verdict.verdict).toBe('unaltered');
  });

  test('proves growth from a checkpoint that the person kept', async () => {
    const first = checkPerson(await proofOf(lea), contextOf(lea));
    await world.item(lea, caron);
    await receiptOf(lea);
    const told = await world.client.as(lea.by).get(`${lea.path}/proof`, { since: first.save!.size });
    const bundle = parseProofFile(told.text);
    if (!bundle.ok) throw new Error(bundle.reason);
    const verdict = checkPerson(bundle.value, { ...contextOf(lea), saved: first.save! });
    expect(verdict.checks.filter((check) => check.name.startsWith('earlier'))).toMatchObject([
      { verdict: 'passed' },
      { verdict: 'passed' },
      { verdict: 'passed' },
    ]);
    const ahead = await world.client.as(lea.by).get(`${lea.path}/proof`, { since: 1_000_000 });
    expectProblem(ahead, 400, 'bad-request', 'since');
  });

  test('shows what is another’s and what does not exist alike', async () => {
    const { rows } = await world.client.ask<{ event: string }>(`${lea.path}/timeline`);
    const other = await world.person();
    const nobody = '/v1/persons/5676a4bb-bfd3-4c72-aaa7-7043e847c9b5';
    const event = rows[0]!.event;
    const asked = [
      world.client.as(other.by).get(`${lea.path}/proof`),
      world.client.as(other.by).get(`${lea.path}/receipts/${event}`),
      world.client.get(`${nobody}/proof`),
      world.client.get(`${nobody}/receipts/${event}`),
      world.client.get(`${other.path}/receipts/${event}`),
      world.client.get(`${lea.path}/receipts/none`),
    ];
    const [first, ...others] = await Promise.all(asked);
    expectProblem(first!, 404, 'not-found');
    for (const told of others) expect([told.status, told.text]).toEqual([404, first!.text]);
  });

  test('serves tiles to anybody and entries to auditors', async () => {
    const size = Number((await fetch(`${world.client.url}/checkpoint`).then((r) => r.text())).split('\n')[1]);
    const hashes = await fetch(`${world.client.url}/tile/0/000.p/${size}`);
    expect([hashes.status, (await hashes.arrayBuffer()).byteLength]).toEqual([200, size * 32]);
    expect(hashes.headers.get('content-type')).toBe('application/octet-stream');
    expect((await fetch(`${world.client.url}/tile/entries/000.p/1`)).status).toBe(401);
    for (const caller of [lea.by, caron.by])
      expectProblem(await world.client.as(caller).get('/tile/entries/000.p/1'), 403, 'not-permitted');
    expect((await world.client.get('/tile/entries/000.p/1')).text).toContain('"t":"map"');
    for (const path of [
      '0/000',
      `0/000.p/${size + 500}`,
      '1/000.p/9',
      '0/001.p/1',
      '0/0',
      '65/000',
      'x/000',
      '0/000.p/0',
    ])
      expectProblem(await world.client.get(`/tile/${path}`), 404, 'not-found');
    expect((await world.client.get('/v1/log/deferrals')).body).toEqual({ open: 0 });
  });

  test('writes nothing because somebody reads', async () => {
    await receiptOf(lea);
    const end = await world.client.end();
    const own = world.client.as(lea.by);
    for (const path of ['/checkpoint', '/v1/log/key', '/tile/0/000.p/1', `${lea.path}/proof`])
      expect((await own.get(path)).status).toBe(200);
    await receiptOf(lea);
    expect(await world.client.end()).toBe(end);
  });

  test(
    `answers ${PROOFS} proofs, each of one moment, while the person’s own stream is appended to`,
    async () => {
      const person = await world.person();
      await world.item(person, caron);
      await receiptOf(person);
      const progress = { ended: false };
      const writing = (async () => {
        for (let n = 0; !progress.ended; n++) {
          await world.item(person, caron);
          if (n % 10 === 0) await receiptOf(person);
        }
      })();
      const failures: string[] = [];
      const counts = new Set<number>();
      for (let n = 0; n < PROOFS || counts.size < 2; n++) {
        const bundle = await proofOf(person);
        counts.add(bundle.streams[0]!.events.length);
        const { checks } = checkPerson(bundle, contextOf(person));
        failures.push(
          ...checks.filter(({ verdict }) => verdict === 'failed').map(({ sentence }) => sentence),
        );
      }
      progress.ended = true;
      await writing;
      expect(failures).toEqual([]);
    },
    PROOFS * 1_000,
  );
});
