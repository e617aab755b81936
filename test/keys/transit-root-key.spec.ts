import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { streamName } from '#decider';
import {
  assertOpens,
  KeysUnavailable,
  RootKeyRefused,
  rotateRootKey,
  Sealing,
  SqliteKeyStore,
  TransitRootKey,
  type KeyStore,
  type TransitSettings,
} from '#sealing';
import { readConfig, startServer } from '../../apps/api/src/index.js';
import { Client } from '../journeys/client.js';
import { expectProblem } from '../journeys/expect-problem.js';
import { TransitService } from './transit-service.js';

const ANNE = streamName('person', '00000000-0000-4000-8000-00000000000a');
const BRUNO = streamName('person', '00000000-0000-4000-8000-00000000000b');
const key = Uint8Array.from({ length: 32 }, (_, i) => i);
const plain = Buffer.from('{"names":"Anne"}');

let folder: string;
let service: TransitService;
let settings: TransitSettings;
let keys: SqliteKeyStore;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-transit-'));
  service = await TransitService.start();
  const tokenFile = join(folder, 'token');
  writeFileSync(tokenFile, `${service.token}\n`);
  settings = { url: service.url, key: 'transit/sillage', tokenFile };
  keys = SqliteKeyStore.open(join(folder, 'keys.db'));
});
afterEach(async () => {
  await keys.close();
  await service.close();
  rmSync(folder, { recursive: true });
});

const open = () => TransitRootKey.open(settings);

/** Each sealing is a node of its own: it shares the key store and the service, not the cache. */
async function node(store: KeyStore = keys): Promise<Sealing> {
  return new Sealing(store, await open());
}

async function sealedBefore(): Promise<Uint8Array> {
  const sealing = await node();
  await sealing.cipherFor(BRUNO);
  return (await sealing.cipherFor(ANNE)).seal(0, plain);
}

async function expectReadable(sealed: Uint8Array): Promise<void> {
  const cipher = await (await node()).cipherOf(ANNE);
  expect(Buffer.from(cipher!.open(0, sealed))).toEqual(plain);
}

describe('a root key in a transit service', () => {
  it('wraps a key so that only its name opens it again, and never holds it here', async () => {
    const root = await open();
    const { epoch, wrapped } = await root.wrap(key, 'person:1');
    expect(epoch).toBe(1);
    expect(Buffer.from(wrapped).includes(Buffer.from(key).subarray(0, 8))).toBe(false);
    expect(Buffer.from(await root.unwrap(wrapped, 'person:1', 1))).toEqual(Buffer.from(key));
    await expect(root.unwrap(wrapped, 'person:2', 1)).rejects.toThrow('does not open this');
    await expect(root.unwrap(wrapped, 'person:1', 2)).rejects.toThrow('not wrapped by version 2');
    const flipped = Uint8Array.from(wrapped);
    flipped[30]! ^= 1;
    await expect(root.unwrap(flipped, 'person:1', 1)).rejects.toThrow('does not open this');
  });

  it('opens on any node what was sealed on another', async () => {
    await expectReadable(await sealedBefore());
    await assertOpens(await open(), keys);
  });

  it('that is another than the one that wrapped the keys is refused at start', async () => {
    await sealedBefore();
    const other = await TransitService.start();
    writeFileSync(settings.tokenFile, other.token);
    const root = await TransitRootKey.open({ ...settings, url: other.url });
    await expect(assertOpens(root, keys)).rejects.toBeInstanceOf(RootKeyRefused);
    await other.close();
  });
});

describe('a rotation in a transit service', () => {
  it('wraps every key again and destroys the old version for good', async () => {
    const sealed = await sealedBefore();
    expect(await rotateRootKey(await open(), keys)).toEqual({ epoch: 2, keys: 2 });
    await expectReadable(sealed);
    expect(service.held).toEqual([2]);
    expect(await rotateRootKey(await open(), keys)).toEqual({ epoch: 3, keys: 2 });
    await expectReadable(sealed);
    expect(service.held).toEqual([3]);
    expect((await open()).rotating).toBe(false);
  });

  it('makes a backup of the keys from before worthless', async () => {
    await sealedBefore();
    await keys.close();
    copyFileSync(join(folder, 'keys.db'), join(folder, 'backup.db'));
    keys = SqliteKeyStore.open(join(folder, 'keys.db'));
    await rotateRootKey(await open(), keys);
    const backup = SqliteKeyStore.open(join(folder, 'backup.db'));
    await expect(assertOpens(await open(), backup)).rejects.toBeInstanceOf(RootKeyRefused);
    await expect((await node(backup)).cipherOf(ANNE)).rejects.toThrow('its version is gone');
    await backup.close();
  });

  it.each(['begin', 'rewrap', 'end'] as const)('that is cut off after its %s goes on', async (step) => {
    const sealed = await sealedBefore();
    const root = await open();
    const next = await root.begin();
    if (step !== 'begin')
      await keys.rewrap(2, async ({ owner, wrapped, epoch }) =>
        next.wrap(await next.unwrap(wrapped, owner, epoch), owner),
      );
    if (step === 'end') await next.end();
    await expectReadable(sealed);
    const epoch = step === 'end' ? 3 : 2;
    expect(await rotateRootKey(await open(), keys)).toEqual({ epoch, keys: step === 'rewrap' ? 0 : 2 });
    await expectReadable(sealed);
    expect(service.held).toEqual([epoch]);
  });

  it('holds no server up: nodes that run make keys and read on, before and after', async () => {
    const early = await node();
    const sealed = (await early.cipherFor(ANNE)).seal(0, plain);
    const late = await node();
    await rotateRootKey(await open(), keys);
    const sealedLate = (await late.cipherFor(BRUNO)).seal(3, plain);
    expect(Buffer.from((await late.cipherOf(ANNE))!.open(0, sealed))).toEqual(plain);
    expect(Buffer.from((await early.cipherOf(BRUNO))!.open(3, sealedLate))).toEqual(plain);
  });

  it('takes no key of the old version, though it was on its way while the version was destroyed', async () => {
    const putIfAbsent: KeyStore['putIfAbsent'] = async (owner, made, stream) => {
      if (made.epoch === 1) await rotateRootKey(await open(), keys);
      return keys.putIfAbsent(owner, made, stream);
    };
    await sealedBefore();
    const store = Object.assign(Object.create(keys) as KeyStore, { putIfAbsent });
    const stream = streamName('person', '00000000-0000-4000-8000-00000000000c');
    await (await node(store)).cipherFor(stream);
    expect((await keys.get('person:00000000-0000-4000-8000-00000000000c'))!.epoch).toBe(2);
  });

  it('reads again a key whose version was destroyed between reading and opening it', async () => {
    const sealed = await sealedBefore();
    const get: KeyStore['get'] = async (owner) => {
      const stored = await keys.get(owner);
      if (stored?.epoch === 1) await rotateRootKey(await open(), keys);
      return stored;
    };
    const store = Object.assign(Object.create(keys) as KeyStore, { get });
    const cipher = await (await node(store)).cipherOf(ANNE);
    expect(Buffer.from(cipher!.open(0, sealed))).toEqual(plain);
  });
});

describe('a transit service that cannot be used', () => {
  it.each([
    [403, 'refuses the token'],
    [404, 'has no key'],
    [429, 'answered 429'],
    [500, 'answered 500'],
    [503, 'is sealed or on standby'],
  ])('answers %i, and nothing is opened, made or taken for erased', async (status, says) => {
    await sealedBefore();
    const fresh = await node();
    service.failing = status;
    for (const attempt of [() => fresh.cipherOf(ANNE), () => fresh.cipherFor(BRUNO), open]) {
      const error = await attempt().then(
        () => undefined,
        (thrown: unknown) => thrown as Error,
      );
      expect(error).toBeInstanceOf(KeysUnavailable);
      expect(error!.message).toMatch(/^[^\n]*\.$/);
      expect(error!.message).toContain(says);
      expect(error!.message).not.toContain(service.token);
    }
    service.failing = undefined;
    const root = await open();
    service.failing = status;
    await expect(assertOpens(root, keys)).rejects.toBeInstanceOf(KeysUnavailable);
  });

  it('is away, and the same holds', async () => {
    await sealedBefore();
    const fresh = await node();
    await service.close();
    await expect(fresh.cipherOf(ANNE)).rejects.toThrow('does not answer');
    await expect(fresh.cipherFor(streamName('person', '1'))).rejects.toBeInstanceOf(KeysUnavailable);
    await expect(open()).rejects.toBeInstanceOf(KeysUnavailable);
    service = await TransitService.start();
  });

  it('is none: what answers is told apart from a key', async () => {
    service.failing = 200;
    await expect(open()).rejects.toThrow('is no transit service');
  });

  it.each([
    ['exportable', true, 'can be exported'],
    ['allow_plaintext_backup', true, 'can be exported'],
    ['derived', true, 'is derived'],
    ['type', 'rsa-4096', 'is not of the type'],
  ])('offers a key that is not to be relied on: %s is %s', async (field, value, says) => {
    Object.assign(service.state, { [field]: value });
    await expect(open()).rejects.toThrow(says);
  });

  it('is not shown a token that is none, nor is the token told', async () => {
    for (const [content, says] of [
      ['', 'does not hold the token'],
      ['two words', 'does not hold the token'],
      ['line\u0000', 'does not hold the token'],
    ] as const) {
      writeFileSync(settings.tokenFile, content);
      await expect(open()).rejects.toThrow(says);
    }
    rmSync(settings.tokenFile);
    await expect(open()).rejects.toThrow('cannot be read');
    expect(service.requests).toEqual([]);
  });

  it('is asked with the token that the file holds now', async () => {
    const root = await open();
    const { wrapped } = await root.wrap(key, 'person:1');
    writeFileSync(settings.tokenFile, 'hvs.expired');
    await expect(root.unwrap(wrapped, 'person:1', 1)).rejects.toThrow('refuses the token');
    writeFileSync(settings.tokenFile, service.token);
    expect(Buffer.from(await root.unwrap(wrapped, 'person:1', 1))).toEqual(Buffer.from(key));
  });

  it('leaves its token in no file but its own', async () => {
    await sealedBefore();
    await rotateRootKey(await open(), keys);
    for (const name of readdirSync(folder).filter((one) => one !== 'token'))
      expect([name, readFileSync(join(folder, name)).includes(service.token)]).toEqual([name, false]);
  });
});

describe('a server whose root key is in a transit service', () => {
  it('refuses what it cannot seal while the service is away, and goes on when it is back', async () => {
    const config = readConfig({
      PORT: '0',
      SILLAGE_DATA_DIR: join(folder, 'data'),
      SILLAGE_TRANSIT_URL: service.url,
      SILLAGE_TRANSIT_TOKEN_FILE: settings.tokenFile,
    });
    const server = await startServer(config, { log: pino({ level: 'silent' }) });
    const client = new Client(server.url, 'client:keys');
    const anne = { givenName: 'Anne', familyName: 'Petit', birthDate: '1960-05-17' };
    await client.tell('/v1/persons', anne);
    service.failing = 503;
    expectProblem(await client.post('/v1/persons', { ...anne, givenName: 'Zoé' }), 503, 'keys-unavailable');
    expect((await client.get('/v1/openapi.json')).status).toBe(200);
    service.failing = undefined;
    await client.tell('/v1/persons', { ...anne, givenName: 'Zoé' });
    await server.close();
    expect(readdirSync(join(folder, 'data'))).not.toContain('root.key');
    service.failing = 403;
    await expect(startServer(config)).rejects.toThrow('refuses the token');
  });
});

describe('the settings of a transit service', () => {
  const tokenFile = '/run/secrets/transit';
  const read = (url: string, more = {}) =>
    readConfig({ SILLAGE_TRANSIT_URL: url, SILLAGE_TRANSIT_TOKEN_FILE: tokenFile, ...more }).transit;

  it('name a service with TLS, or one on this machine', () => {
    for (const url of ['https://bao.example:8200', 'http://127.0.0.1:8200', 'http://[::1]:8200'])
      expect(read(url)).toEqual({ url, key: 'transit/sillage', tokenFile });
    expect(read('')).toBeUndefined();
    const key = { SILLAGE_TRANSIT_KEY: 'care/transit/root-1' };
    expect(read('https://bao.example', key)?.key).toBe('care/transit/root-1');
  });

  it.each([
    ['http://bao.example:8200', {}, 'SILLAGE_TRANSIT_URL'],
    ['https://user:word@bao.example', {}, 'SILLAGE_TRANSIT_URL'],
    ['https://bao.example/v1', {}, 'SILLAGE_TRANSIT_URL'],
    ['bao.example', {}, 'SILLAGE_TRANSIT_URL'],
    ['https://bao.example', { SILLAGE_TRANSIT_KEY: '../sys/seal' }, 'SILLAGE_TRANSIT_KEY'],
    ['https://bao.example', { SILLAGE_TRANSIT_KEY: 'sillage' }, 'SILLAGE_TRANSIT_KEY'],
    ['https://bao.example', { SILLAGE_TRANSIT_TOKEN_FILE: '' }, 'SILLAGE_TRANSIT_TOKEN_FILE'],
  ])('are refused where they are not safe: %s %j', (url, more, name) => {
    expect(() => read(url, more)).toThrow(new RegExp(`^[^\\n]*${name}[^\\n]*\\.$`));
    expect(() => read(url, more)).not.toThrow(/word/);
  });
});
