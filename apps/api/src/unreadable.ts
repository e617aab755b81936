import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { problem } from '#http';

const STATUS: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** What is no HTTP reaches no route and no filter; it too is answered with a problem, and the connection ends. */
export function answerUnreadable(error: { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = STATUS[error.code ?? ''] ?? 400;
  const [detail, remedy] = [
    'The request could not be read.',
    'Send HTTP/1.1, with a short address and headers.',
  ];
  const body = JSON.stringify(problem(status, 'unreadable-request', detail, remedy).body);
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
