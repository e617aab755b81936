import type { FastifyInstance } from 'fastify';

/**
 * The ETag of a command's answer is the stream's revision: send it back as If-Match. A hook, since an interceptor of
 * Nest wraps every request in four observables.
 */
export function tagWithRevision(server: FastifyInstance): void {
  server.addHook('preSerialization', (_, reply, body, done) => {
    const revision = (body as { readonly revision?: unknown } | null | undefined)?.revision;
    if (typeof revision === 'number') reply.header('etag', `"${revision}"`);
    done(null, body);
  });
}
