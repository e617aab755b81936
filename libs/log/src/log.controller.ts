import { Controller, Get, Header, Param, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Callers, notFound, OpenRoute, problem } from '#http';
import { parseTilePath, type Tile } from '#transparency';
import { ServedLog } from './served-log.js';

const TEXT = 'text/plain; charset=utf-8';
/** What a tile holds never changes. */
const FOR_EVER = 'public, max-age=31536000, immutable';

/** What anybody may read of the log: commitments only, c2sp.org/tlog-tiles. Entries are for auditors. */
@Controller()
export class LogController {
  constructor(private readonly log: ServedLog) {}

  @Get('checkpoint')
  @ApiOperation({
    summary: 'The newest checkpoint of the transparency log: a signed note (c2sp.org/tlog-checkpoint).',
  })
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' } })
  @OpenRoute()
  @Header('content-type', TEXT)
  @Header('cache-control', 'no-cache')
  async checkpoint(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const published = await this.log.desk.published();
    if (!published) throw noCheckpoint();
    reply.header('etag', `"${published.size}"`);
    return published.note;
  }

  @Get('tile/entries/*')
  @ApiOperation({
    summary: 'A bundle of up to 256 entries of the log, for auditors and replaying witnesses.',
  })
  @ApiParam({ name: '*', description: '`000`, `x001/x234/067.p/5`' })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @Callers('client')
  @Header('cache-control', 'private, max-age=31536000, immutable')
  async entries(@Req() request: FastifyRequest): Promise<StreamableFile> {
    return bytes(await this.log.desk.entries(tileOf(request)));
  }

  @Get('tile/:level/*')
  @ApiOperation({ summary: 'A tile of up to 256 hashes of the log’s tree (c2sp.org/tlog-tiles).' })
  @ApiParam({ name: '*', description: '`000`, `x001/x234/067.p/5`' })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @OpenRoute()
  @Header('cache-control', FOR_EVER)
  async tile(@Req() request: FastifyRequest, @Param('level') _level: string): Promise<StreamableFile> {
    return bytes(await this.log.desk.tile(tileOf(request)));
  }

  @Get('v1/log/key')
  @ApiOperation({
    summary:
      'The log’s verifier key (c2sp.org/signed-note), and for 30 days after a change the one before it. Compare with the one you were given.',
  })
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' } })
  @OpenRoute()
  @Header('content-type', TEXT)
  key(): Promise<string> {
    return this.log.desk.verifierKeys();
  }

  @Get('v1/log/keys')
  @ApiOperation({
    summary:
      'How the log came to its key: the checkpoint that is served, and each change of keys with its proof.',
  })
  @ApiOkResponse({ schema: { type: 'object' }, description: 'See docs/verification.md.' })
  @OpenRoute()
  @Header('content-type', 'application/json; charset=utf-8')
  @Header('cache-control', 'no-cache')
  async keys(): Promise<string> {
    const file = await this.log.desk.keysFile();
    if (file === undefined) throw noCheckpoint();
    return file;
  }

  @Get('v1/log/deferrals')
  @ApiOperation({ summary: 'How many deferrals of informing a person are open.' })
  @ApiOkResponse({ schema: { type: 'object', properties: { open: { type: 'integer' } } } })
  @OpenRoute()
  async deferrals(): Promise<{ readonly open: number }> {
    return { open: await this.log.desk.openDeferrals() };
  }
}

function tileOf({ url }: FastifyRequest): Tile {
  const tile = parseTilePath(url.slice(1).split('?')[0]!);
  if (!tile) throw notFound();
  return tile;
}

function bytes(content: Uint8Array | undefined): StreamableFile {
  if (!content) throw notFound();
  return new StreamableFile(content, { type: 'application/octet-stream', length: content.length });
}

export function noCheckpoint() {
  const detail = 'The log has no checkpoint yet.';
  return problem(503, 'not-yet', detail, 'Ask again in a moment; an empty ledger has none.');
}
