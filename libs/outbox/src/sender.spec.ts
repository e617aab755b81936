import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Ledger } from '#event-store';
import { personTesting } from '#person';
import type { Sealing } from '#sealing';
import { systemClock } from '#time';
import { Deliveries } from './deliveries.js';
import { Sender } from './sender.js';

const { id, NURSE, SSIAD } = personTesting;

const alone = { isHeld: true, hold: async () => true, tell: () => {} };

let folder: string;
let deliveries: Deliveries;
let sender: Sender;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-sender-'));
  deliveries = Deliveries.open(join(folder, 'outbox.db'));
});
afterEach(async () => {
  await sender.close();
  deliveries.close();
  rmSync(folder, { recursive: true });
});

/** The ledger fails so often, and then knows nobody. */
function senderOn(failures: number, report: (fault: Error) => void): Sender {
  let left = failures;
  const load = async () => {
    if (left-- > 0) throw new Error('the disk does not answer');
    return { state: { status: 'unknown' } };
  };
  const ledger = { clock: systemClock, load } as unknown as Ledger;
  return new Sender({ ledger, sealing: {} as Sealing, deliveries, lease: alone, source: 'urn:x', report });
}

const queue = () =>
  deliveries.put({ notice: id('Notice', 1), person: id('Person', 1), institution: SSIAD }, 0);

async function untilEmpty(): Promise<void> {
  while (deliveries.ofPerson(id('Person', 1)).length > 0) await new Promise(setImmediate);
}

test('a fault of ours is told, counts for no try, and is got over', async () => {
  const faults: string[] = [];
  queue();
  sender = senderOn(1, ({ message }) => faults.push(message));
  sender.start();
  while (faults.length === 0) await new Promise(setImmediate);
  expect(deliveries.ofPerson(id('Person', 1))).toMatchObject([{ state: 'pending', attempts: 0 }]);
  await untilEmpty();
  expect(faults).toEqual(['the disk does not answer']);
});

test('what was queued is not touched before the start, nor after the end', async () => {
  queue();
  sender = senderOn(0, () => {});
  sender.look();
  await new Promise(setImmediate);
  expect(deliveries.ofPerson(id('Person', 1))).toHaveLength(1);
  sender.start();
  await untilEmpty();
  await sender.close();
  queue();
  sender.look();
  await new Promise(setImmediate);
  expect(deliveries.ofPerson(id('Person', 1))).toHaveLength(1);
});

test('what is broken off when the server stops counts as not tried', async () => {
  let arrived = () => {};
  const arrival = new Promise<void>((resolve) => (arrived = resolve));
  const silent = createServer(() => arrived()).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const webhook = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
  const to = { kind: 'mandate', mandate: NURSE, institution: SSIAD };
  const notice = {
    notice: id('Notice', 1),
    to,
    state: 'open',
    answerBy: '2026-03-01T12:00:00.000Z',
    origin: {},
  };
  const person = { status: 'active', notices: new Map([[notice.notice, notice]]) };
  const load = async (stream: string) => ({
    state: stream.startsWith('person-') ? person : { status: 'registered', data: { webhook } },
  });
  const ledger = { clock: systemClock, load } as unknown as Ledger;
  const sealing = { hmac: async () => Buffer.alloc(32) } as unknown as Sealing;
  queue();
  sender = new Sender({ ledger, sealing, deliveries, lease: alone, source: 'urn:x', report: () => {} });
  sender.start();
  await arrival;
  await sender.close();
  silent.closeAllConnections();
  silent.close();
  expect(deliveries.ofPerson(id('Person', 1))).toMatchObject([{ state: 'pending', attempts: 0 }]);
});
