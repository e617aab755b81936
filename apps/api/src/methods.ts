import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem, problem } from '#http';
import type { ProblemFilter } from './problem.filter.js';

/**
 * An address that is there, asked with a method that it does not take, answers 405 and names those that it takes.
 * Called before any route is made.
 */
export function refuseOtherMethods(server: FastifyInstance, problems: ProblemFilter): void {
  const routes: { readonly pattern: RegExp; readonly methods: readonly string[] }[] = [];
  server.addHook('onRoute', ({ url, method }) => {
    routes.push({ pattern: patternOf(url), methods: [method].flat() });
  });
  server.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    if (!request.is404) return undefined;
    const path = request.url.split('?', 1)[0]!;
    const methods = routes.filter(({ pattern }) => pattern.test(path)).flatMap((route) => route.methods);
    if (methods.length === 0) return undefined;
    const allow = [...new Set(methods)].sort().join(', ');
    problems.answer(otherMethod(allow), reply);
    return reply;
  });
}

/** `/v1/persons/:person` as what it matches. */
function patternOf(url: string): RegExp {
  const literal = url.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replaceAll(/:\w+/g, '[^/]+').replaceAll('*', '.*')}$`);
}

function otherMethod(allow: string) {
  const detail = 'This address does not take this method.';
  return new Problem(problem(405, 'method-not-allowed', detail, `Use one of: ${allow}.`).body, { allow });
}
