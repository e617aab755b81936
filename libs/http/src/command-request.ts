import { hash, randomUUID } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { asId, type Actor, type CorrelationId } from '#decider';
import { canonicalText } from '#transparency';
import { problem } from './problem.js';

/** What every command carries beside its own content. */
export interface CommandRequest {
  readonly caller: Actor;
  readonly idempotencyKey?: string;
  /** From If-Match. */
  readonly expectedRevision?: number;
  readonly digest: string;
  readonly correlationId: CorrelationId;
}

/** Route parameter: the command's request, from headers and body. */
export const Commanding = createParamDecorator((_: unknown, context: ExecutionContext): CommandRequest =>
  commandRequest(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** @throws Problem 400 for a header that cannot be read */
export function commandRequest(request: FastifyRequest): CommandRequest {
  const caller = request.sillageCaller;
  if (!caller) throw problem(401, 'unknown-caller', 'The request does not say who is calling.');
  return {
    caller,
    ...idempotencyKey(request.headers['idempotency-key']),
    ...expectedRevision(request.headers['if-match']),
    digest: digestOf(request),
    correlationId: asId<'Correlation'>(randomUUID()),
  };
}

/** Method, path and body, so that one key cannot stand for two different requests. */
function digestOf(request: FastifyRequest): string {
  const path = request.url.split('?')[0];
  const canonical = canonicalText({ method: request.method, path, body: request.body ?? null });
  return hash('sha256', canonical, 'base64url');
}

function idempotencyKey(header: string | string[] | undefined) {
  if (header === undefined) return {};
  if (typeof header === 'string' && /^[\x21-\x7e]{8,200}$/.test(header)) return { idempotencyKey: header };
  throw headerProblem('Idempotency-Key', 'It has 8 to 200 visible ASCII characters, such as a UUID.');
}

function expectedRevision(header: string | undefined) {
  if (header === undefined || header === '*') return {};
  const match = /^"(\d{1,15})"$/.exec(header);
  if (match) return { expectedRevision: Number(match[1]) };
  throw headerProblem('If-Match', 'Send the ETag of the answer that you saw, with its quotes.');
}

function headerProblem(name: string, remedy: string) {
  const detail = `The header ${name} cannot be read.`;
  return problem(400, 'bad-header', detail, remedy, { errors: [{ field: name, detail, remedy }] });
}
