import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Label } from '#transparency';
import type { Witness, WitnessAnswer } from './witness.js';

/** A note of a megabyte at most, and 63 hashes. */
const MAX_BODY_BYTES = 1_100_000;

/**
 * `POST /add-checkpoint`; of a replaying witness also `GET /erased`: the labels whose erasure it has read, one a line,
 * for a log whose ledger and keys were restored from before it. Nothing else. Not yet listening.
 */
export function witnessServer(witness: Witness, erased?: () => readonly Label[]): Server {
  const server = createServer((request, response) => {
    answer(witness, request, erased).then(
      (told) => send(response, told),
      () => send(response, { status: 500, type: 'text/plain', body: 'The witness could not remember it.\n' }),
    );
  });
  server.requestTimeout = 30_000;
  return server;
}

async function answer(
  witness: Witness,
  request: IncomingMessage,
  erased: (() => readonly Label[]) | undefined,
): Promise<WitnessAnswer> {
  const text = (status: number, body: string) => ({ status, type: 'text/plain', body });
  if (erased && request.method === 'GET' && request.url === '/erased')
    return text(
      200,
      erased()
        .map((label) => `${label}\n`)
        .join(''),
    );
  if (request.url !== '/add-checkpoint') return text(404, 'Send POST /add-checkpoint.\n');
  if (request.method !== 'POST') return text(405, 'Send POST /add-checkpoint.\n');
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) return text(413, 'The request is too large.\n');
    chunks.push(chunk);
  }
  return witness.addCheckpoint(Buffer.concat(chunks).toString('utf8'));
}

function send(response: ServerResponse, { status, type, body }: WitnessAnswer): void {
  response.writeHead(status, { 'content-type': type }).end(body);
}
