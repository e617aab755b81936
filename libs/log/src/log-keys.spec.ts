import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  base64,
  COSIGNATURE_V1,
  entryBundle,
  formatCheckpoint,
  formatNote,
  keyPolicy,
  formatVerifierKey,
  openLog,
  parseKeysFile,
  parseTilePath,
  proveConsistency,
  sha256,
  signatureLine,
  signerOf,
  type VerifierKey,
} from '#transparency';
import { LogKeeper } from './keeper.js';
import { LogKeys, makeNextLogKey } from './log-keys.file.js';
import { LogStore } from './log-store.js';
import { Proofs } from './proofs.js';
import { KeyFileError, openSigningKey } from './signing-key.file.js';
import { LogBox } from './testing.js';
import { LogReplayer } from './witness/replayer.js';
import { Witness } from './witness/witness.js';

const ORIGIN = 'ledger.example/log';
const DAY_S = 86_400;
let box: LogBox;
let keeper: LogKeeper;
let old: VerifierKey;
let monotonicMs: number;

beforeEach(async () => {
  monotonicMs = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => monotonicMs);
  box = new LogBox();
  keeper = await node('one');
  [old] = keeper.publisher.verifierKeys as [VerifierKey];
  await grow();
});
afterEach(async () => {
  await keeper.close();
  await box.remove();
  jest.restoreAllMocks();
});

/** A server with a folder of its own; its keys are copies of the first one's. */
async function node(name: string): Promise<LogKeeper> {
  mkdirSync(box.path(name), { recursive: true });
  const key = box.path(`${name}/log.key`);
  if (name !== 'one' && !existsSync(key)) copyFileSync(box.path('one/log.key'), key);
  const keys = LogKeys.open(box.path(name), undefined, ORIGIN);
  const { store, clock } = box;
  return LogKeeper.open({ store, clock, path: box.path(`${name}.db`), keys });
}

async function grow(by = keeper): Promise<void> {
  later(60);
  await box.record('a');
  await by.turn();
}

function later(seconds: number): void {
  box.clock.ms += seconds * 1000;
  monotonicMs += seconds * 1000;
}

const rotate = () => makeNextLogKey(box.path('one'));
const ids = (by = keeper) => by.publisher.verifierKeys.map(({ id }) => id);

/** Whose signatures stand on the checkpoint that is served. */
function signedBy(...known: readonly VerifierKey[]) {
  const { note } = keeper.publisher.published!;
  return known.map((key) => {
    const raw = Buffer.alloc(4);
    raw.writeUInt32BE(key.id);
    return note.includes(`— ${ORIGIN} ${raw.toString('base64').slice(0, 5)}`);
  });
}

function followed(key: VerifierKey) {
  const policy = keyPolicy(formatVerifierKey(key));
  const file = parseKeysFile(new Proofs(keeper.log, keeper.publisher).keys()!);
  if (!policy.ok || !file.ok) throw new Error('unreadable');
  const opened = openLog(file.value.checkpoint, policy.value, file.value);
  return opened.ok ? opened.value.key.id : opened.reason;
}

describe('the signing key of a log', () => {
  test('is changed while the server runs: both sign for 30 days, then the old one is gone', async () => {
    const next = rotate();
    await grow();
    expect(keeper.log.rotations).toMatchObject([{ oldKey: old.publicKey, newKey: next.publicKey }]);
    expect([ids(), signedBy(old, next)]).toEqual([
      [next.id, old.id],
      [true, true],
    ]);
    later(29 * DAY_S);
    await grow();
    expect(signedBy(old, next)).toEqual([true, true]);
    expect(existsSync(box.path('one/log.next.key'))).toBe(true);
    later(DAY_S);
    await grow();
    expect([ids(), signedBy(old, next)]).toEqual([[next.id], [false, true]]);
    expect(existsSync(box.path('one/log.next.key'))).toBe(false);
    expect(LogKeys.open(box.path('one'), undefined, '').verifierKeys(keeper.log, box.clock.ms)).toEqual([
      next,
    ]);
    expect([followed(old), followed(next)]).toEqual([next.id, next.id]);
  });

  test('is changed again by the key that follows it, and not while one change is under way', async () => {
    const second = rotate();
    expect(rotate).toThrow(KeyFileError);
    await grow();
    expect(rotate).toThrow(KeyFileError);
    later(30 * DAY_S);
    await grow();
    const third = rotate();
    await grow();
    expect(keeper.log.rotations).toHaveLength(2);
    expect([old, second, third].map(followed)).toEqual([third.id, third.id, third.id]);
  });

  test('is the same after a restart, whose projection is made anew or kept', async () => {
    const next = rotate();
    await grow();
    for (const forget of [false, true]) {
      await keeper.close();
      if (forget) LogStore.remove(box.path('one.db'));
      keeper = await node('one');
      await grow();
      expect([ids(), signedBy(old, next)]).toEqual([
        [next.id, old.id],
        [true, true],
      ]);
    }
  });

  test('is missed by a node that has no copy: it serves what it had, and goes on when it gets one', async () => {
    const two = await node('two');
    await two.turn();
    const before = two.publisher.published!.note;
    const next = rotate();
    await grow();
    await expect(grow(two)).rejects.toThrow(/put its file beside log\.key as log\.next\.key/);
    expect([two.publisher.published!.note, ids(two)]).toEqual([before, [next.id, old.id]]);
    copyFileSync(box.path('one/log.next.key'), box.path('two/log.next.key'));
    await grow(two);
    expect(two.publisher.published!.size).toBe(two.log.range.size);
    await two.close();
  });

  test('may be made elsewhere, and is logged once where several nodes hold it', async () => {
    const two = await node('two');
    const file = box.path('new.key');
    const next = makeNextLogKey(box.path('one'), file);
    for (const name of ['one', 'two']) copyFileSync(file, join(box.path(name), 'log.next.key'));
    await Promise.all([keeper.turn(), two.turn()]);
    await grow(two);
    expect(two.log.rotations.map(({ newKey }) => base64(newKey))).toEqual([base64(next.publicKey)]);
    expect(readFileSync(file, 'utf8')).toContain(ORIGIN);
    await two.close();
  });

  test('is not invented where its file is gone', () => {
    rmSync(box.path('one/log.key'));
    expect(rotate).toThrow('There is no log.key');
  });
});

describe('a replaying witness', () => {
  const own = signerOf('w1.example', COSIGNATURE_V1, sha256(Buffer.from('w1')));
  let log: LogStore;
  let asked: number;

  function witness(): Witness {
    const tile = async (path: string) => {
      const { index, width } = parseTilePath(path)!;
      return entryBundle(keeper.log.entries(index * 256, index * 256 + width));
    };
    const replayer = new LogReplayer(ORIGIN, log, tile, box.clock);
    return new Witness({ signer: own, logs: [old], state: replayer, clock: box.clock, replayer });
  }

  /** What it answers to the newest checkpoint, or to one that somebody else signed. */
  async function answer(note = keeper.publisher.published!.note) {
    const { size } = keeper.publisher.published!;
    const proof = asked > 0 ? proveConsistency(asked, size, keeper.log).map((h) => `${base64(h)}\n`) : [];
    const { status, body } = await witness().addCheckpoint(`old ${asked}\n${proof.join('')}\n${note}`);
    if (status === 200) asked = size;
    return status === 200 ? 200 : body;
  }

  beforeEach(() => {
    asked = 0;
    log = LogStore.open(box.path('witness.db'), 'FULL');
  });
  afterEach(() => log.close());

  test('follows the log to its new key, and refuses the old one from then on', async () => {
    expect(await answer()).toBe(200);
    const stolen = openSigningKey(box.path('one/log.key'), 1, ORIGIN, '');
    rotate();
    await grow();
    const { note, size } = keeper.publisher.published!;
    const text = formatCheckpoint({
      origin: ORIGIN,
      size,
      root: Buffer.from(note.split('\n')[2]!, 'base64'),
    });
    const byThief = formatNote(text, [signatureLine(text, stolen)]);
    expect(await answer(byThief)).toMatch(/no known key signed the note/);
    expect(await answer()).toBe(200);
    expect(await answer(byThief)).toMatch(/no known key signed the note/);
    later(31 * DAY_S);
    await grow();
    expect(await answer()).toBe(200);
  });
});
