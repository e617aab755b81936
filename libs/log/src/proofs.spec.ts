import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { streamName, type StreamName } from '#decider';
import { checkPerson, parseProofFile, parseReceipt, checkReceipt, type LogPolicy } from '#transparency';
import { Integrator } from './integrator.js';
import { LogKeys } from './log-keys.file.js';
import type { LogStore } from './log-store.js';
import { openStream, Proofs } from './proofs.js';
import { Publisher } from './publisher.js';
import { CLEAR, LogBox, signer } from './testing.js';

const policy: LogPolicy = { origin: signer.key.name, logKeys: [signer.key], witnesses: [], quorum: 0 };
const SEALER = { cipherOf: async () => CLEAR, cipherFor: async () => CLEAR };
const [OWN, NEVER] = [streamName('institution', 'own'), streamName('institution', 'never')];

let box: LogBox;
let log: LogStore;
let integrator: Integrator;
let publisher: Publisher;
let proofs: Proofs;

beforeEach(() => {
  box = new LogBox();
  log = box.open();
  integrator = new Integrator(box.store, log, box.clock);
  publisher = new Publisher(log, LogKeys.of(signer), undefined, box.clock);
  proofs = new Proofs(log, publisher);
});
afterEach(() => box.remove());

/** Logs a few events of many, and closes a map over them. */
async function grow(): Promise<void> {
  for (const name of ['own', 'a', 'own', 'b', 'c']) await box.record(name);
  await integrator.integrate();
  await integrator.closeMap();
}

async function opened(stream: StreamName) {
  return [stream, (await openStream(box.store, SEALER, stream))!] as const;
}

async function verdict() {
  const bundle = parseProofFile(proofs.person(new Map([await opened(OWN), await opened(NEVER)]))!);
  if (!bundle.ok) throw new Error(bundle.reason);
  const context = { policy, streams: [OWN, NEVER], now: box.clock.now() };
  const { checks } = checkPerson(bundle.value, context);
  return {
    events: bundle.value.streams.map(({ events }) => events.length),
    failed: checks.filter((check) => check.verdict === 'failed').map(({ sentence }) => sentence),
  };
}

describe('a proof', () => {
  test('shows all events of a stream, and that another has none', async () => {
    await grow();
    await publisher.publish();
    expect(await verdict()).toEqual({ events: [2, 0], failed: [] });
  });

  test('shows the moment of the checkpoint that is served while the log goes on behind it', async () => {
    await grow();
    await publisher.publish();
    await box.record('own');
    await integrator.integrate();
    expect(await verdict()).toEqual({ events: [2, 0], failed: [] });
    await integrator.closeMap();
    expect(await verdict()).toEqual({ events: [2, 0], failed: [] });
    await grow();
    expect(await verdict()).toEqual({ events: [2, 0], failed: [] });
    await publisher.publish();
    expect(await verdict()).toEqual({ events: [5, 0], failed: [] });
  });

  test('is not given before there is a checkpoint, nor a receipt before one has the event', async () => {
    expect(proofs.person(new Map())).toBeUndefined();
    await grow();
    await publisher.publish();
    await box.record('own');
    await integrator.integrate();
    const [, events] = await opened(OWN);
    expect(events.map((event) => proofs.receipt(event) !== undefined)).toEqual([true, true, false]);
    const receipt = parseReceipt(proofs.receipt(events[1]!)!);
    expect(receipt.ok && checkReceipt(receipt.value, policy).ok).toBe(true);
    expect(receipt.ok && checkReceipt({ ...receipt.value, opening: new Uint8Array(32) }, policy).ok).toBe(
      false,
    );
  });
});

describe('what a proof needs', () => {
  const HANDED = '00000000-0000-4000-8000-0000000000d1';
  const DEFERRAL = streamName('deferral', HANDED);
  const behind = async (...streams: StreamName[]) =>
    proofs.behind(new Map(await Promise.all(streams.map((stream) => opened(stream)))));

  test('is every event that the served checkpoint covers, of every stream, and none that came later', async () => {
    const nothing = new Map([
      [OWN, []],
      [NEVER, []],
    ]);
    expect(proofs.behind(nothing)).toEqual([]);
    await grow();
    await publisher.publish();
    expect(proofs.behind(nothing)).toEqual([OWN]);
    const known = new Map([await opened(OWN), await opened(NEVER)]);
    await grow();
    expect(proofs.behind(known)).toEqual([]);
    await publisher.publish();
    expect(proofs.behind(known)).toEqual([OWN]);
    expect(await behind(OWN, NEVER)).toEqual([]);
  });

  test('is the stream of a deferral as soon as the checkpoint covers that it was handed over', async () => {
    await grow();
    await publisher.publish();
    await box.append(DEFERRAL, 'DeferralStarted', { reason: 'x' });
    await box.append(OWN, 'DeferralRevealed', { deferral: HANDED });
    expect(await behind(OWN)).toEqual([]);
    await integrator.integrate();
    await integrator.closeMap();
    await publisher.publish();
    expect(await behind(OWN)).toEqual([DEFERRAL]);
    expect(await behind(OWN, DEFERRAL)).toEqual([]);
  });
});
