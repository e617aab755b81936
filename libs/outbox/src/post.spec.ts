import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { post } from './post.js';

let server: Server | undefined;

afterEach(async () => {
  if (!server?.listening) return;
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

async function listening(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const never = new AbortController().signal;
const posted = (url: string, stop = never, timeoutMs?: number) =>
  post({ url, headers: { 'content-type': 'text/plain' }, body: 'à' }, stop, timeoutMs);

describe('a message that is posted', () => {
  test('arrives byte by byte', async () => {
    const chunks: Buffer[] = [];
    const url = await listening((request, response) => {
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => response.writeHead(202).end());
    });
    expect(await posted(url)).toBe('delivered');
    expect(Buffer.concat(chunks)).toEqual(Buffer.from('à', 'utf8'));
  });

  test.each([
    [204, 'delivered'],
    [301, 'redirect'],
    [304, 'redirect'],
    [404, 'http-404'],
    [410, 'gone'],
    [429, 'http-429'],
    [500, 'http-500'],
  ])('and answered %s is %s', async (status, kind) => {
    const url = await listening((_, response) => response.writeHead(status, { location: '/other' }).end());
    expect(await posted(url)).toBe(kind);
  });

  test('is delivered as soon as that is said, however long the rest takes', async () => {
    const url = await listening((_, response) => response.writeHead(200).write('and so on'));
    expect(await posted(url)).toBe('delivered');
  });

  test('and not answered runs into the limit of time', async () => {
    expect(await posted(await listening(() => {}), never, 20)).toBe('timeout');
  });

  test('is broken off when the server stops', async () => {
    const stop = new AbortController();
    const url = await listening(() => stop.abort());
    expect(await posted(url, stop.signal)).toBe('unreachable');
  });

  test('to nobody is unreachable', async () => {
    const url = await listening(() => {});
    server!.close();
    expect(await posted(url)).toBe('unreachable');
    expect(await posted('https://sillage.invalid/')).toBe('unreachable');
  });
});
