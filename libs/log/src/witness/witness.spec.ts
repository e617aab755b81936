import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import {
  appendLeaves,
  base64,
  COSIGNATURE_V1,
  ED25519,
  encodeEntry,
  formatCheckpoint,
  formatNote,
  openCheckpoint,
  parsePolicy,
  formatVerifierKey,
  labelOf,
  leafHash,
  proveConsistency,
  rangeAt,
  rootOf,
  sha256,
  signatureLine,
  signerOf,
  tileWidth,
  entryBundle,
  parseTilePath,
  type Policy,
} from '#transparency';
import { streamName } from '#decider';
import { LogKeeper } from '../keeper.js';
import { LogStore } from '../log-store.js';
import { LogKeys } from '../log-keys.file.js';
import { LogBox, signer, TestClock } from '../testing.js';
import { LogReplayer } from './replayer.js';
import { FileState } from './state.file.js';
import { Witness } from './witness.js';
import { witnessServer } from './witness-server.js';

const seed = (name: string) => sha256(Buffer.from(name));
const own = signerOf('w1.example', COSIGNATURE_V1, seed('w1'));
let box: LogBox;
let keeper: LogKeeper;
let opened: { close(): unknown }[];

beforeEach(async () => {
  box = new LogBox();
  opened = [];
  keeper = await LogKeeper.open({
    store: box.store,
    clock: box.clock,
    path: box.path(),
    keys: LogKeys.of(signer),
  });
  await grow(3);
});
afterEach(async () => {
  await keeper.close();
  for (const one of opened) await one.close();
  await box.remove();
});

async function grow(events: number): Promise<void> {
  for (let i = 0; i < events; i++) await box.record(`${i % 3}`);
  await keeper.checkpoint();
}

function witness(path = 'witness.json'): Witness {
  return new Witness({
    signer: own,
    logs: [signer.key],
    state: new FileState(box.path(path)),
    clock: box.clock,
  });
}

/** What the log's own client sends. */
function request(old: number, { note, size } = keeper.publisher.published!): string {
  const proof = old > 0 ? proveConsistency(old, size, keeper.log).map((hash) => `${base64(hash)}\n`) : [];
  return `old ${old}\n${proof.join('')}\n${note}`;
}

/** A checkpoint that the log's key signed, whatever it says. */
function signed(size: number, root: Uint8Array, by = signer, origin = signer.key.name) {
  const text = formatCheckpoint({ origin, size, root });
  return { note: formatNote(text, [signatureLine(text, by)]), size };
}

describe('a witness', () => {
  test('cosigns a log that grows, and remembers it before it answers', async () => {
    const one = witness();
    const first = keeper.publisher.published!;
    const answer = await one.addCheckpoint(request(0));
    expect(answer).toMatchObject({ status: 200 });
    const policy = {
      origin: signer.key.name,
      logKeys: [signer.key],
      witnesses: [{ key: own.key, replays: false }],
    };
    const cosigned = openCheckpoint(first.note + answer.body, { ...policy, quorum: 1 });
    expect(cosigned.ok && cosigned.value.cosignatures[0]?.timestampS).toBe(box.clock.ms / 1000);
    await grow(5);
    expect(JSON.parse(readFileSync(box.path('witness.json'), 'utf8'))).toMatchObject({
      [signer.key.name]: { size: first.size },
    });
    expect((await witness().addCheckpoint(request(first.size))).status).toBe(200);
    expect((await one.addCheckpoint('old 0')).status).toBe(400);
  });

  test('cosigns the same checkpoint again', async () => {
    const one = witness();
    const { size } = keeper.publisher.published!;
    await one.addCheckpoint(request(0));
    expect((await one.addCheckpoint(request(size))).status).toBe(200);
  });

  test('answers what it remembers where the old size is another', async () => {
    const one = witness();
    const { size } = keeper.publisher.published!;
    await one.addCheckpoint(request(0));
    await grow(2);
    for (const old of [0, 1, size + 1])
      expect(await one.addCheckpoint(request(old))).toEqual({
        status: 409,
        type: 'text/x.tlog.size',
        body: `${size}\n`,
      });
    expect((await one.addCheckpoint(request(size))).status).toBe(200);
  });

  test.each<readonly [number, string, (valid: string) => string]>([
    [400, 'no old size', (valid) => valid.replace('old 0', 'old')],
    [400, 'an old size with a zero in front', (valid) => valid.replace('old 0', 'old 00')],
    [400, 'a proof line that is no hash', (valid) => valid.replace('\n', '\nAAAA\n')],
    [400, '64 proof lines', (valid) => valid.replace('\n', `\n${`${base64(seed('x'))}\n`.repeat(64)}`)],
    [400, 'no checkpoint', (valid) => valid.slice(0, valid.indexOf('\n\n') + 2)],
    [400, 'an old size beyond the checkpoint', (valid) => valid.replace('old 0', 'old 99')],
    [403, 'another text', (valid) => valid.replace(/\n5\n/, '\n6\n')],
    [422, 'a proof from nothing', (valid) => valid.replace('\n', `\n${base64(seed('x'))}\n`)],
  ])('answers %i to %s', async (status, _, spoil) => {
    const spoilt = spoil(request(0));
    expect(spoilt).not.toBe(request(0));
    expect((await witness().addCheckpoint(spoilt)).status).toBe(status);
    expect(existsSync(box.path('witness.json'))).toBe(false);
  });

  test('knows its logs by origin and key', async () => {
    const root = rootOf(keeper.log.range);
    const stranger = signerOf(signer.key.name, ED25519, seed('stranger'));
    expect((await witness().addCheckpoint(request(0, signed(6, root, stranger)))).status).toBe(403);
    const other = signerOf('other.example', ED25519, seed('other'));
    expect((await witness().addCheckpoint(request(0, signed(6, root, other, 'other.example')))).status).toBe(
      404,
    );
  });

  test('refuses a fork and a log that was rolled back, though the log’s key signed them', async () => {
    const one = witness();
    const { size } = keeper.publisher.published!;
    await one.addCheckpoint(request(0));
    const fork = request(size, signed(size, seed('fork')));
    expect(await one.addCheckpoint(fork)).toMatchObject({ status: 409, type: 'text/x.tlog.size' });
    expect((await one.addCheckpoint(request(2, signed(2, rootOf(rangeAt(2, keeper.log)))))).status).toBe(409);
    await grow(4);
    const grown = keeper.publisher.published!.size;
    expect((await one.addCheckpoint(request(size, signed(grown, seed('fork'))))).status).toBe(422);
    const spoilt = request(size).replace(/\n[A-Za-z0-9+/]{43}=\n/, `\n${base64(seed('x'))}\n`);
    expect((await one.addCheckpoint(spoilt)).status).toBe(422);
  });

  test('is never raced into rolling back', async () => {
    const one = witness();
    const first = request(0);
    await grow(2);
    const second = request(0);
    const answers = await Promise.all([second, first, second, first].map((body) => one.addCheckpoint(body)));
    expect(answers.map(({ status }) => status)).toEqual([200, 409, 409, 409]);
  });

  test('does not start where what it remembers cannot be read', () => {
    writeFileSync(box.path('witness.json'), '{"cut');
    expect(() => witness()).toThrow(SyntaxError);
  });
});

describe('a replaying witness', () => {
  let served: (path: string) => Uint8Array;

  function replaying(name = 'witness.db'): Witness {
    const log = LogStore.open(box.path(name), 'FULL');
    opened.push(log);
    const replayer = new LogReplayer(signer.key.name, log, async (path) => served(path), box.clock);
    return new Witness({ signer: own, logs: [signer.key], state: replayer, clock: box.clock, replayer });
  }

  beforeEach(() => {
    served = (path) => {
      const tile = parseTilePath(path)!;
      if (tile.width > tileWidth(tile.level, tile.index, keeper.log.range.size))
        throw new Error('no such tile');
      return entryBundle(keeper.log.entries(tile.index * 256, tile.index * 256 + tile.width));
    };
  });

  test('replays what is new, over several bundles and starts, and cosigns', async () => {
    let old = 0;
    for (const events of [1, 300, 400, 2]) {
      await grow(events);
      const answer = await replaying().addCheckpoint(request(old));
      expect([events, answer.status]).toEqual([events, 200]);
      old = keeper.publisher.published!.size;
    }
    expect((await replaying().addCheckpoint(request(old))).status).toBe(200);
  });

  test('tells the labels whose erasure was logged, to a ledger that was restored from before', async () => {
    const label = labelOf(streamName('person', 'gone'));
    await box.erased(label);
    await keeper.checkpoint();
    const one = replaying();
    const server = witnessServer(one, () => (opened[0] as LogStore).erased());
    opened.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const told = async () => (await fetch(`http://127.0.0.1:${port}/erased`)).text();
    expect(await told()).toBe('');
    expect((await one.addCheckpoint(request(0))).status).toBe(200);
    expect(await told()).toBe(`${label}\n`);
  });

  test('refuses a map that is not the map of the entries, and remembers nothing of it', async () => {
    const one = replaying();
    await one.addCheckpoint(request(0));
    const old = keeper.publisher.published!.size;
    const { log } = keeper;
    const at = box.clock.now();
    const lie = encodeEntry({ kind: 'map', root: seed('lie'), size: old, prev: old - 1, at });
    const honest = served;
    served = (path) => Buffer.concat([honest(path.replace(`p/${old + 1}`, `p/${old}`)), entryBundle([lie])]);
    const { range } = appendLeaves(rangeAt(old, log), [leafHash(lie)]);
    const forged = signed(old + 1, rootOf(range));
    const nodes = {
      node: (level: number, index: number) =>
        level === 0 && index === old ? leafHash(lie) : log.node(level, index),
    };
    const lines = proveConsistency(old, old + 1, nodes)
      .map((hash) => `${base64(hash)}\n`)
      .join('');
    const answer = await one.addCheckpoint(`old ${old}\n${lines}\n${forged.note}`);
    expect(answer).toMatchObject({
      status: 422,
      body: expect.stringContaining('not the map of the entries'),
    });
    served = honest;
    await grow(2);
    expect((await one.addCheckpoint(request(old))).status).toBe(200);
  });

  test('refuses a map entry more than a minute from its clock, and entries that it cannot have', async () => {
    box.clock.ms += 61_000;
    expect(await replaying().addCheckpoint(request(0))).toMatchObject({
      status: 422,
      body: expect.stringContaining('over a minute ago'),
    });
    box.clock.ms -= 61_000;
    served = () => {
      throw new Error('no connection');
    };
    expect((await replaying('b.db').addCheckpoint(request(0))).body).toContain('cannot be read');
  });
});

describe('a log with witnesses', () => {
  const servers: Server[] = [];
  const names = ['w1.example', 'w2.example', 'w3.example'];
  const signers = names.map((name) => signerOf(name, COSIGNATURE_V1, seed(name)));

  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  async function listening(index: number, clock = box.clock): Promise<string> {
    const state = new FileState(box.path(`w${index}.json`));
    const server = witnessServer(new Witness({ signer: signers[index]!, logs: [signer.key], state, clock }));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.push(server);
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  function policyOf(urls: readonly string[]): Policy {
    const lines = signers.map(({ key }, i) => `witness w${i} ${formatVerifierKey(key)} ${urls[i]!}\n`);
    const text = `log ${formatVerifierKey(signer.key)}\n${lines.join('')}group most 2 w0 w1 w2\nquorum most\n`;
    const policy = parsePolicy(text);
    if (!policy.ok) throw new Error(policy.reason);
    return policy.value;
  }

  async function reopen(policy: Policy): Promise<void> {
    await keeper.close();
    keeper = await LogKeeper.open({
      store: box.store,
      clock: box.clock,
      path: box.path(),
      keys: LogKeys.of(signer),
      policy,
    });
  }

  function cosigners(policy: Policy): readonly string[] {
    const checkpoint = openCheckpoint(keeper.publisher.published!.note, policy);
    if (!checkpoint.ok) throw new Error(checkpoint.reason);
    return checkpoint.value.cosignatures.map(({ witness: { key } }) => key.name);
  }

  test('serves checkpoints with their cosignatures, also after a restart and with witnesses that know more', async () => {
    const policy = policyOf(await Promise.all([0, 1, 2].map((index) => listening(index))));
    await reopen(policy);
    for (let round = 0; round < 3; round++) {
      await grow(2);
      expect(cosigners(policy)).toEqual(names);
    }
    const { note } = keeper.publisher.published!;
    await reopen(policy);
    expect(keeper.publisher.published?.note).toBe(note);
    await grow(1);
    expect(cosigners(policy)).toEqual(names);
  });

  test('goes on without a witness that is down, and says so', async () => {
    const urls = [await listening(0), 'http://127.0.0.1:9', await listening(2)];
    const policy = policyOf(urls);
    await reopen(policy);
    await grow(2);
    expect(cosigners(policy)).toEqual(['w1.example', 'w3.example']);
    expect((await keeper.health()).witnesses).toEqual([
      { witness: 'w1.example', state: 'cosigned', cosignedS: box.clock.ms / 1000 },
      { witness: 'w2.example', state: 'unreachable', reason: 'no connection' },
      { witness: 'w3.example', state: 'cosigned', cosignedS: box.clock.ms / 1000 },
    ]);
  });

  test('says when its clock is not that of its witnesses', async () => {
    const ahead = new TestClock(box.clock.ms + 600_000);
    const nowhere = 'http://127.0.0.1:9';
    await reopen(policyOf([await listening(0, ahead), nowhere, nowhere]));
    await grow(2);
    expect((await keeper.health()).clockOffS).toBe(600);
  });
});
