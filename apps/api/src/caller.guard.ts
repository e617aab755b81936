import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '#decider';
import { Directory, hasEnded, inForce } from '#directory';
import type { Clock } from '#time';
import { AFTER_MANDATE, CALLERS, mandateOver, notFound, OPEN_ROUTE, problem } from '#http';
import type { CallerSource } from './callers.js';

/** Lets a caller through to the routes that are for them. A route that says nothing is closed. */
@Injectable()
export class CallerGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly callerOf: CallerSource,
    private readonly directory: Directory,
    private readonly clock: Clock,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const route = context.getHandler();
    if (this.reflector.get<boolean | undefined>(OPEN_ROUTE, route)) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest<{ Params: { person?: string } }>>();
    const caller = this.callerOf(request);
    const allowed = this.reflector.get<Actor['kind'][] | undefined>(CALLERS, route) ?? [];
    if (!allowed.includes(caller.kind)) throw notForThem();
    // Another person's affairs and no affairs at all look the same.
    if (caller.kind === 'person' && request.params.person !== caller.id) throw notFound();
    const isOpenAfter = this.reflector.get<boolean | undefined>(AFTER_MANDATE, route) === true;
    if (caller.kind === 'mandate') await this.demandMandate(caller.id, isOpenAfter);
    if (caller.assistedBy) await this.demandMandate(caller.assistedBy, false);
    request.sillageCaller = caller;
    return true;
  }

  /** @param isOpenAfter the route looks itself at what a mandate that has ended may still do */
  private async demandMandate(id: string, isOpenAfter: boolean): Promise<void> {
    const known = await this.directory.mandate(id);
    const now = this.clock.now();
    if (known && inForce(known.mandate, now)) return;
    if (known && isOpenAfter && hasEnded(known.mandate, now)) return;
    throw mandateOver();
  }
}

function notForThem() {
  const detail = 'This is not for this kind of caller.';
  return problem(
    403,
    'not-permitted',
    detail,
    'Call as somebody to whom the documentation opens this route.',
  );
}
