import { describe, expect, test } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '#decider';
import { commandRequest } from './command-request.js';
import { Problem } from './problem.js';

const caller: Actor = { kind: 'client', id: 'journey' };

interface Sent {
  readonly method?: string;
  readonly url?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly sillageCaller?: Actor | undefined;
}

function read(sent: Sent = {}) {
  const request = {
    method: 'POST',
    url: '/v1/persons',
    body: {},
    headers: {},
    sillageCaller: caller,
    ...sent,
  };
  return commandRequest(request as unknown as FastifyRequest);
}

function problemOf(sent: Sent): Problem['body'] {
  try {
    read(sent);
  } catch (error) {
    if (error instanceof Problem) return error.body;
  }
  throw new Error('It was read.');
}

describe('what a command carries', () => {
  test('is its caller, and a correlation id of its own', () => {
    const [one, other] = [read(), read()];
    expect(one.caller).toBe(caller);
    expect(one.correlationId).not.toBe(other.correlationId);
    expect(one).not.toHaveProperty('idempotencyKey');
    expect(one).not.toHaveProperty('expectedRevision');
  });

  test('asks for a caller', () => {
    expect(problemOf({ sillageCaller: undefined })).toMatchObject({ status: 401 });
  });
});

describe('the digest of a request', () => {
  test('is the same for the same method, path and body, in whatever order its fields come', () => {
    const digest = read({ body: { a: 1, b: { c: 2, d: [1, 2] } } }).digest;
    expect(read({ body: { b: { d: [1, 2], c: 2 }, a: 1 } }).digest).toBe(digest);
    expect(read({ body: { a: 1, b: { c: 2, d: [1, 2] } }, url: '/v1/persons?x=1' }).digest).toBe(digest);
    expect(digest).toMatch(/^[\w-]{43}$/);
  });

  test.each<[string, Sent]>([
    ['body', { body: { a: 2 } }],
    ['order of a list', { body: { a: [2, 1] } }],
    ['type', { body: { a: '1' } }],
    ['path', { url: '/v1/actors' }],
    ['method', { method: 'PUT' }],
  ])('differs with the %s', (_, sent) => {
    const same = { body: { a: sent.body ? 1 : [1, 2] } };
    expect(read({ ...same, ...sent }).digest).not.toBe(read(same).digest);
  });

  test('of no body is that of null', () => {
    expect(read({ body: undefined }).digest).toBe(read({ body: null }).digest);
  });
});

describe('the header Idempotency-Key', () => {
  test.each(['12345678', 'x'.repeat(200), '6f6c0c9e-6f7e-4d3c-9d0a-1f2e3d4c5b6a', '!"#$%&~~'])(
    'reads %s',
    (key) => {
      expect(read({ headers: { 'idempotency-key': key } }).idempotencyKey).toBe(key);
    },
  );

  test.each(['', '1234567', 'x'.repeat(201), 'with space', 'accentué!', 'line\nbreak'])(
    'does not read "%s"',
    (key) => {
      expect(problemOf({ headers: { 'idempotency-key': key } })).toMatchObject({
        status: 400,
        type: 'urn:sillage:problem:bad-header',
        errors: [{ field: 'Idempotency-Key', remedy: expect.any(String) }],
      });
    },
  );
});

describe('the header If-Match', () => {
  test('reads an ETag of ours as a revision', () => {
    expect(read({ headers: { 'if-match': '"0"' } }).expectedRevision).toBe(0);
    expect(read({ headers: { 'if-match': '"42"' } }).expectedRevision).toBe(42);
  });

  test('expects nothing of a star', () => {
    expect(read({ headers: { 'if-match': '*' } })).not.toHaveProperty('expectedRevision');
  });

  test.each(['', '42', '"-1"', 'W/"42"', '"x"', '"1","2"', `"${'9'.repeat(16)}"`])(
    'does not read %s',
    (etag) => {
      expect(problemOf({ headers: { 'if-match': etag } })).toMatchObject({
        status: 400,
        errors: [{ field: 'If-Match' }],
      });
    },
  );
});
