import { afterEach, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pino } from 'pino';
import { readConfig, startServer, type Server, type ServerOptions } from '../../apps/api/src/index.js';
import { openSigningKey } from '#log';
import { COSIGNATURE_V1, ED25519, formatVerifierKey, signerOf } from '#transparency';
import { Client, type Told } from './client.js';
import { expectProblem } from './expect-problem.js';
import { temporaryFolder } from './harness.js';

const folders: ReturnType<typeof temporaryFolder>[] = [];
const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
  for (const folder of folders.splice(0)) folder.remove();
});

function newFolder(): string {
  folders.push(temporaryFolder());
  return folders.at(-1)!.path;
}

async function started(env: Record<string, string>, options: ServerOptions = {}): Promise<Server> {
  const config = readConfig({ PORT: '0', ...env });
  const server = await startServer(config, { log: pino({ level: 'silent' }), ...options });
  servers.push(server);
  return server;
}

async function stop(server: Server): Promise<void> {
  servers.splice(servers.indexOf(server), 1);
  await server.close();
}

describe('the settings', () => {
  test('left out mean loopback, port 3000 and the folder data', () => {
    expect(readConfig({})).toEqual({ host: '127.0.0.1', port: 3000, dataDir: 'data', tokensFile: undefined });
  });

  test.each([
    [{ PORT: 'abc' }, 'PORT'],
    [{ PORT: '-1' }, 'PORT'],
    [{ PORT: '65536' }, 'PORT'],
    [{ PORT: '80.5' }, 'PORT'],
    [{ HOST: 'example.org' }, 'HOST'],
    [{ HOST: '' }, 'HOST'],
    [{ HOST: '0.0.0.0' }, 'SILLAGE_TOKENS_FILE'],
    [{ HOST: '::' }, 'SILLAGE_TOKENS_FILE'],
    [{ HOST: '192.168.1.2' }, 'SILLAGE_TOKENS_FILE'],
  ])('%j are turned down by one sentence that names %s', (env, name) => {
    expect(() => readConfig(env)).toThrow(new RegExp(`^[^\\n]*${name}[^\\n]*\\.$`));
  });

  test.each(['127.0.0.1', '127.9.9.9', '::1', 'localhost'])('with HOST=%s need no tokens', (host) => {
    expect(readConfig({ HOST: host }).host).toBe(host);
  });
});

describe('a data folder', () => {
  test('is made where there is none, for its owner only', async () => {
    const dataDir = join(newFolder(), 'deep', 'inside');
    await started({ SILLAGE_DATA_DIR: dataDir });
    expect(statSync(dataDir).mode & 0o077).toBe(0);
    expect(statSync(join(dataDir, 'root.key')).mode & 0o077).toBe(0);
  });

  test('serves one server at a time; the second is told in one sentence', async () => {
    const env = { SILLAGE_DATA_DIR: newFolder() };
    const first = await started(env);
    await expect(started(env)).rejects.toThrow(/^The data folder \S+ is in use by another server.*\.$/);
    const told = await new Client(first.url).get('/health');
    expect(told.status).toBe(200);
    await stop(first);
    await started(env);
  });

  test('without its root key is refused, and works again once the key is back', async () => {
    const dataDir = newFolder();
    await stop(await started({ SILLAGE_DATA_DIR: dataDir }));
    const path = join(dataDir, 'root.key');
    const key = readFileSync(path);
    rmSync(path);
    await expect(started({ SILLAGE_DATA_DIR: dataDir })).rejects.toThrow(
      /^The root key \S+ is missing: .*\.$/,
    );
    expect(existsSync(path)).toBe(false);
    writeFileSync(path, key);
    await started({ SILLAGE_DATA_DIR: dataDir });
  });

  test('without the file of its keys is refused: nobody was erased, the keys are elsewhere', async () => {
    const dataDir = newFolder();
    await stop(await started({ SILLAGE_DATA_DIR: dataDir }));
    const path = join(dataDir, 'keys.db');
    const keys = readFileSync(path);
    rmSync(path);
    await expect(started({ SILLAGE_DATA_DIR: dataDir })).rejects.toThrow(/^The keys \S+ are missing: .*\.$/);
    writeFileSync(path, keys);
    await started({ SILLAGE_DATA_DIR: dataDir });
  });

  test('whose ledger was cut serves its health alone, until the tail is back', async () => {
    const dataDir = newFolder();
    const env = { SILLAGE_DATA_DIR: dataDir };
    const ledger = join(dataDir, 'ledger.db');
    let server = await started(env);
    const early = readFileSync(ledger);
    const institution = { name: 'Service', mission: 'Aide' };
    await new Client(server.url).tell('/v1/institutions', institution);
    await stop(server);
    const whole = readFileSync(ledger);
    writeFileSync(ledger, early);
    server = await started(env);
    const client = new Client(server.url);
    const health = await client.get('/health');
    expect([health.status, health.body]).toMatchObject([503, { status: 'ledger-cut' }]);
    expect(health.text).toMatch(/has \d+ entries and has shown \d+: the ledger was cut/);
    for (const path of ['/checkpoint', '/v1/institutions', '/docs', '/v1/log/key'])
      expectProblem(await client.get(path), 503, 'ledger-cut');
    expectProblem(await client.post('/v1/institutions', institution), 503, 'ledger-cut');
    await stop(server);
    expect(readFileSync(ledger).length).toBeLessThanOrEqual(whole.length);
    writeFileSync(ledger, whole);
    expect((await new Client((await started(env)).url).get('/health')).status).toBe(200);
  });

  test('whose cut a witness tells while it is served takes no command from then on, and says why', async () => {
    const dataDir = newFolder();
    let seen = 0;
    const witness = createServer((_, reply) =>
      seen > 0 ? reply.writeHead(409, { 'content-type': 'text/x.tlog.size' }).end(`${seen}\n`) : reply.end(),
    );
    await new Promise<void>((resolve) => witness.listen(0, '127.0.0.1', resolve));
    const { port } = witness.address() as AddressInfo;
    const logKey = openSigningKey(join(dataDir, 'log.key'), ED25519, 'ledger.example/log', '').key;
    const own = signerOf('w.example', COSIGNATURE_V1, new Uint8Array(32)).key;
    const policy = join(newFolder(), 'policy');
    const line = `witness w ${formatVerifierKey(own)} http://127.0.0.1:${port}`;
    writeFileSync(policy, `log ${formatVerifierKey(logKey)}\n${line}\nquorum w\n`);
    const server = await started({ SILLAGE_DATA_DIR: dataDir, SILLAGE_LOG_POLICY: policy });
    const client = new Client(server.url);
    await client.tell('/v1/institutions', { name: 'Service', mission: 'Aide' });
    seen = 9_999;
    const person = { givenName: 'Léa', familyName: 'B', birthDate: '1960-05-17' };
    const told = await client.post('/v1/persons', person);
    const { body } = told as { body: { person?: string; events?: readonly { id: string }[] } };
    // Whoever waits for a receipt has the witness asked, unless it was already.
    if (told.status === 201)
      expectProblem(
        await client.get(`/v1/persons/${body.person}/receipts/${body.events![0]!.id}`),
        503,
        'ledger-cut',
      );
    const health = await client.get('/health');
    expect(health).toMatchObject({
      status: 503,
      body: { status: 'ledger-cut', log: { fault: expect.stringMatching(/and has shown 9999: /) } },
    });
    expectProblem(await client.post('/v1/persons', person), 503, 'ledger-cut');
    const { position } = (await client.get('/health')).body as { position: number };
    expect(position).toBe((health.body as { position: number }).position);
    witness.closeAllConnections();
    await new Promise((resolve) => witness.close(resolve));
  });

  test('of a real ledger plays no story', async () => {
    const dataDir = newFolder();
    const server = await started({ SILLAGE_DATA_DIR: dataDir });
    const set = await new Client(server.url).send('PUT', '/demo/clock');
    expectProblem(set, 404, 'not-found');
    await stop(server);
    await expect(started({ SILLAGE_DATA_DIR: dataDir }, { demonstration: true })).rejects.toThrow(
      /^The data folder \S+ holds a real ledger: .*\.$/,
    );
    await started({ SILLAGE_DATA_DIR: dataDir });
  });

  test('is let go when the port is taken', async () => {
    const taken = new URL((await started({ SILLAGE_DATA_DIR: newFolder() })).url).port;
    const dataDir = newFolder();
    await expect(started({ SILLAGE_DATA_DIR: dataDir, PORT: taken })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    await started({ SILLAGE_DATA_DIR: dataDir });
  });
});

const TOKEN = 'a-token-of-forty-visible-ascii-characters';
const hash = createHash('sha256').update(TOKEN).digest('hex');

describe('bearer tokens', () => {
  async function withTokens(text: string): Promise<Server> {
    const path = join(newFolder(), 'tokens');
    writeFileSync(path, text);
    return started({ SILLAGE_DATA_DIR: newFolder(), SILLAGE_TOKENS_FILE: path });
  }

  async function asked(server: Server, headers: Record<string, string>): Promise<Told> {
    const response = await fetch(`${server.url}/v1/coverage`, { headers });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: JSON.parse(text) as Told['body'],
    };
  }

  test('say who calls; the development header then says nothing', async () => {
    const server = await withTokens(`# who may call\n\n${hash} client:hospital\n`);
    expect((await asked(server, { authorization: `Bearer ${TOKEN}` })).status).toBe(200);
    expectProblem(await asked(server, { 'sillage-caller': 'client:hospital' }), 401, 'unknown-caller');
    expectProblem(await asked(server, {}), 401, 'unknown-caller');
    const both = { authorization: `Bearer ${TOKEN}`, 'sillage-caller': 'mandate:x' };
    expect((await asked(server, both)).status).toBe(200);
  });

  test.each([`Bearer ${TOKEN}x`, `Bearer ${hash}`, `bearer ${TOKEN}`, `Basic ${TOKEN}`, TOKEN, 'Bearer '])(
    'that nobody was given (%s) say nothing',
    async (authorization) => {
      const server = await withTokens(`${hash} client:hospital`);
      expectProblem(await asked(server, { authorization }), 401, 'unknown-caller');
    },
  );

  test.each(['nonsense', `${hash}`, `${hash} king:x`, `${TOKEN} client:x`, `${hash.toUpperCase()} client:x`])(
    'in a file that says "%s" keep the server from starting',
    async (line) => {
      await expect(withTokens(`# one\n${line}\n`)).rejects.toThrow(/^SILLAGE_TOKENS_FILE, line 2: .*\.$/);
    },
  );

  test('in a file that is not there keep the server from starting', async () => {
    const env = { SILLAGE_DATA_DIR: newFolder(), SILLAGE_TOKENS_FILE: join(newFolder(), 'none') };
    await expect(started(env)).rejects.toThrow(/^SILLAGE_TOKENS_FILE \S+ cannot be read\.$/);
  });

  test('let a server listen beyond loopback', async () => {
    const path = join(newFolder(), 'tokens');
    writeFileSync(path, `${hash} client:hospital`);
    const env = { SILLAGE_DATA_DIR: newFolder(), SILLAGE_TOKENS_FILE: path, HOST: '0.0.0.0' };
    const server = await started(env);
    const url = `http://127.0.0.1:${new URL(server.url).port}`;
    expect((await asked({ ...server, url }, { authorization: `Bearer ${TOKEN}` })).status).toBe(200);
    expect((await asked({ ...server, url }, { 'sillage-caller': 'client:x' })).status).toBe(401);
  });
});

describe('anybody', () => {
  test('may ask whether the server is well, and read the documentation', async () => {
    const { url } = await started({ SILLAGE_DATA_DIR: newFolder() });
    const health = await fetch(`${url}/health`);
    expect(await health.json()).toMatchObject({ status: 'ok', position: expect.any(Number) });
    for (const path of ['/docs', '/v1/openapi.json']) expect((await fetch(url + path)).status).toBe(200);
  });
});
