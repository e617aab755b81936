import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Instant } from '#decider';
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
import { streamName } from '#decider';
import { World, type Professional, type Someone } from './harness.js';

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
});
