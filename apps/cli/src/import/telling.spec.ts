import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { tell } from './telling.js';

type Answering = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
/** What the server does with one request after the other; the last one stays. */
let answers: Answering[];
let keys: unknown[];
let stop: AbortController;

beforeEach(async () => {
  keys = [];
  stop = new AbortController();
  server = createServer((request, response) => {
    keys.push(request.headers['idempotency-key']);
    const answer = answers.length > 1 ? answers.shift()! : answers[0]!;
    request.resume().on('end', () => answer(request, response));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const says =
  (status: number, body: object | string): Answering =>
  (_, response) => {
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
  };
const recorded = says(201, { person: 'p', repeated: false });
const hangsUp: Answering = (request) => void request.socket.destroy();
const breaksOff: Answering = (request, response) => {
  response.writeHead(201, { 'content-length': '99' }).write('{"person"');
  setImmediate(() => request.socket.destroy());
};

function told(pausesMs: readonly number[] = [1, 1, 1, 1]) {
  const { port } = server.address() as AddressInfo;
  return tell(
    { url: `http://127.0.0.1:${port}`, headers: {} },
    '/v1/persons',
    {},
    'key',
    stop.signal,
    pausesMs,
  );
}

describe('telling the server a line', () => {
  test.each<[string, Answering]>([
    ['is busy', says(503, { detail: 'Too many wait.' })],
    ['asks for less', says(429, '')],
    ['restarts behind a proxy', says(502, '<html>Bad Gateway</html>')],
    ['was not fast enough', says(409, { type: 'urn:sillage:problem:contended' })],
    ['hangs up', hangsUp],
    ['breaks off', breaksOff],
  ])('tells it again under the same key when it %s', async (_, fails) => {
    answers = [fails, fails, recorded];
    expect(await told()).toMatchObject({ kind: 'recorded', repeated: false });
    expect(keys).toEqual(['key', 'key', 'key']);
  });

  test('gives up when the server stays away, and says how it goes on', async () => {
    answers = [says(503, { detail: 'Too many wait.' })];
    await expect(told()).rejects.toThrow(/Too many wait\..*Repeat the command/);
    expect(keys).toHaveLength(5);
    answers = [hangsUp];
    await expect(told([])).rejects.toThrow(/does not answer/);
  });

  test('waits no longer when it is told to stop', async () => {
    answers = [
      (_, response) => {
        stop.abort();
        response.writeHead(503).end();
      },
    ];
    await expect(told([600_000])).rejects.toMatchObject({ name: 'NotTold' });
    expect(keys).toHaveLength(1);
  });

  test.each([
    [401, /no token/],
    [507, /no token/],
  ])('ends at once at a %d, which every line would meet', async (status, sentence) => {
    answers = [says(status, { detail: 'There is no token.' })];
    await expect(told()).rejects.toThrow(sentence);
    expect(keys).toHaveLength(1);
  });

  test('knows what was recorded before', async () => {
    answers = [says(201, { person: 'p', repeated: true })];
    expect(await told()).toEqual({
      kind: 'recorded',
      repeated: true,
      answer: { person: 'p', repeated: true },
    });
  });

  test.each<[string, number, object, object]>([
    [
      'fields',
      400,
      { detail: 'Two.', errors: [{ field: 'a', detail: 'A.', remedy: 'B.' }] },
      { field: 'a', problem: 'A.', remedy: 'B.' },
    ],
    [
      'no field',
      422,
      { detail: 'It cannot be.', remedy: 'Leave it.' },
      { field: '', problem: 'It cannot be.' },
    ],
    ['candidates', 409, { detail: 'Known.', choices: ['x', 'y'] }, { problem: 'Known. (x y)' }],
    ['a key that was used', 422, { type: 'urn:sillage:problem:idempotency-key-reused' }, { field: 'ref' }],
    ['nobody', 404, { type: 'urn:sillage:problem:not-found', detail: 'Nothing.' }, { field: 'person' }],
    ['no problem at all', 418, 'tea' as never, { problem: 'The server answered 418.' }],
  ])('passes on a refusal that names %s', async (_, status, body, fault) => {
    answers = [says(status, body)];
    expect(await told()).toMatchObject({ kind: 'refused', faults: [fault] });
  });
});
