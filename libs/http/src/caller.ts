import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { parseId, type Actor } from '#decider';
import { problem, type Problem } from './problem.js';

/** The header that names the caller while the server listens on loopback only. */
export const DEVELOPMENT_HEADER = 'sillage-caller';
export const CALLERS = 'sillage:callers';

declare module 'fastify' {
  interface FastifyRequest {
    sillageCaller?: Actor;
    /** SHA-256 of the request's canonical form; the same command id with another digest is refused. */
    sillageDigest?: string;
  }
}

/** Which kinds of caller a route is for. A route that does not say is closed. */
export function Callers(...kinds: Actor['kind'][]): MethodDecorator & ClassDecorator {
  return SetMetadata(CALLERS, kinds);
}

export const OPEN_ROUTE = 'sillage:open';

/** For health and documentation: anybody may ask. */
export function OpenRoute(): MethodDecorator {
  return SetMetadata(OPEN_ROUTE, true);
}

export const AFTER_MANDATE = 'sillage:after-mandate';

/** Also reached by a mandate that has ended: the handler says for what, and refuses the rest as `mandateOver` does. */
export function AfterMandate(): MethodDecorator {
  return SetMetadata(AFTER_MANDATE, true);
}

/** What whoever acts under no mandate in force is told, whatever they ask. */
export function mandateOver(): Problem {
  const detail = 'The caller acts under no mandate that is in force.';
  return problem(403, 'mandate-not-in-force', detail, 'Act under a mandate that is in force today.');
}

/** `mandate:<id>`, `person:<id>`, `client:<name>`; `person:<id>;assisted-by=<mandate id>`. */
export function parseCaller(text: string): Actor | undefined {
  const match = /^(mandate|person|client):([A-Za-z0-9.-]{1,64})(?:;assisted-by=([0-9a-f-]{36}))?$/.exec(text);
  if (!match) return undefined;
  const [, kind, id, assistedBy] = match as unknown as [string, Actor['kind'], string, string | undefined];
  if (kind !== 'client' && !parseId(id)) return undefined;
  if (assistedBy && (kind !== 'person' || !parseId(assistedBy))) return undefined;
  return { kind, id, ...(assistedBy ? { assistedBy } : {}) };
}

export const CallerOf = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const caller = context.switchToHttp().getRequest<FastifyRequest>().sillageCaller;
  if (!caller) throw problem(401, 'unknown-caller', 'The request does not say who is calling.');
  return caller;
});
