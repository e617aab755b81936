import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { tap, type Observable } from 'rxjs';

/** The ETag of a command's answer is the stream's revision: send it back as If-Match. */
export class EtagInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      tap((body: unknown) => {
        const revision = (body as { readonly revision?: unknown } | undefined)?.revision;
        const reply = context.switchToHttp().getResponse<FastifyReply>();
        if (typeof revision === 'number') reply.header('etag', `"${revision}"`);
      }),
    );
  }
}
