import { Controller, Get, HttpCode, HttpStatus, Res } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { OpenRoute } from '#http';
import { Reader } from '#knowledge';

@Controller('health')
export class HealthController {
  constructor(private readonly reader: Reader) {}

  @Get()
  @ApiOperation({
    summary: 'Whether the server works; `readPosition` lags behind `position` while read models catch up.',
  })
  @OpenRoute()
  @HttpCode(HttpStatus.OK)
  async health(@Res({ passthrough: true }) reply: FastifyReply) {
    const { models, ledger } = this.reader;
    const position = await ledger.store.end();
    const well = models.fault === undefined;
    if (!well) reply.status(503);
    return {
      status: well ? 'ok' : 'read-models-failing',
      position,
      readPosition: models.position,
      clock: ledger.clock.now(),
    };
  }
}
