import { Controller, Get, HttpCode, HttpStatus, Res } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { OpenRoute } from '#http';
import { Reader } from '#knowledge';
import { ServedLog } from '#log';

@Controller('health')
export class HealthController {
  constructor(
    private readonly reader: Reader,
    private readonly served: ServedLog,
  ) {}

  @Get()
  @ApiOperation({
    summary:
      'Whether the server works; `readPosition` lags behind `position` while read models catch up, `log` tells how far the transparency log is.',
  })
  @OpenRoute()
  @HttpCode(HttpStatus.OK)
  async health(@Res({ passthrough: true }) reply: FastifyReply) {
    const { models, ledger } = this.reader;
    const position = await ledger.store.end();
    const log = await this.served.desk.health();
    const failing = models.fault ? 'read-models-failing' : log.fault ? 'log-failing' : 'ok';
    const status = this.served.cut ? 'ledger-cut' : failing;
    if (status !== 'ok') reply.status(503);
    return { status, position, readPosition: models.position, clock: ledger.clock.now(), log };
  }
}
