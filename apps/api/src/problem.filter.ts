import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import { AppendTooLarge, OutcomeUnknown, StorageFailed, StoreBusy, StreamErased } from '#event-store';
import { notFound, Problem, problem } from '#http';
import { LedgerCut } from '#log';
import { KeysUnavailable } from '#sealing';
import { cutProblem } from './health-alone.js';

/** Whatever goes wrong leaves as problem+json (RFC 9457), without a stack and without anybody's data. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    this.answer(error, host.switchToHttp().getResponse<FastifyReply>());
  }

  /** Also for what goes wrong before a request finds its route: an address that cannot be read. */
  answer(error: unknown, reply: Pick<FastifyReply, 'sent' | 'status'>): void {
    if (reply.sent) return;
    const { body, headers } = this.problemOf(error);
    void reply
      .status(body.status)
      .headers(headers)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .send(JSON.stringify(body));
  }

  private problemOf(error: unknown): Problem {
    if (error instanceof Problem) return error;
    if (error instanceof HttpException) return ofStatus(error.getStatus());
    if (error instanceof StreamErased) return notFound();
    if (error instanceof AppendTooLarge) return ofStatus(413);
    if (error instanceof LedgerCut) return cutProblem(error);
    const stored = ofStore(error);
    if (stored) return stored;
    const status = (error as { statusCode?: unknown } | undefined)?.statusCode;
    if (typeof status === 'number' && status >= 400 && status < 500) return ofStatus(status);
    this.log.error({ error: describe(error) }, 'a request failed');
    return problem(
      500,
      'internal',
      'Something went wrong here.',
      'Try again; if it stays, tell the operator.',
    );
  }
}

function ofStore(error: unknown): Problem | undefined {
  if (error instanceof StoreBusy)
    return problem(503, 'busy', error.message, 'Try again with the same Idempotency-Key.');
  if (error instanceof OutcomeUnknown)
    return problem(503, 'outcome-unknown', error.message, 'Send it again with the same Idempotency-Key.');
  if (error instanceof StorageFailed)
    return problem(507, 'storage-failed', error.message, 'Tell the operator; nothing was written.');
  if (error instanceof KeysUnavailable)
    return problem(503, 'keys-unavailable', error.message, 'Try again with the same Idempotency-Key.');
  return undefined;
}

/** Where an error comes from, without its message: messages may carry what people sent. */
function describe(error: unknown): { name: string; stack: readonly string[] } {
  if (!(error instanceof Error)) return { name: typeof error, stack: [] };
  const stack = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return { name: error.name, stack: stack.slice(0, 8).map((line) => line.trim()) };
}

/** A part of the request that is not in the body counts as a field: a header, the body as a whole. */
function ofField(status: number, type: string, field: string, detail: string, remedy: string): Problem {
  return problem(status, type, detail, remedy, { errors: [{ field, detail, remedy }] });
}

function ofStatus(status: number): Problem {
  switch (status) {
    case 404:
    case 414:
      return notFound();
    case 413:
      return ofField(
        413,
        'too-large',
        'body',
        'The request is too large.',
        'Send at most 256 KiB; labels, not contents.',
      );
    case 415: {
      const detail = 'The body is not of a type that is read here.';
      return ofField(
        415,
        'wrong-content-type',
        'Content-Type',
        detail,
        'Send Content-Type: application/json.',
      );
    }
    default:
      return problem(
        status,
        'bad-request',
        'The request was not understood.',
        'See the documentation at /docs.',
      );
  }
}
