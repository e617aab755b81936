import { Controller, Get, Header, Param, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Callers, notFound, OpenRoute, problem } from '#http';
import {
  entryBundle,
  formatVerifierKey,
  parseTilePath,
  TILE_WIDTH,
  tileBytes,
  tileWidth,
  type Tile,
} from '#transparency';
import { LogKeeper } from './keeper.js';
import { Proofs } from './proofs.js';

const TEXT = 'text/plain; charset=utf-8';
/** What a tile holds never changes. */
const FOR_EVER = 'public, max-age=31536000, immutable';

/** What anybody may read of the log: commitments only, c2sp.org/tlog-tiles. Entries are for auditors. */
@Controller()
export class LogController {
  constructor(private readonly keeper: LogKeeper) {}

  @Get('checkpoint')
  @ApiOperation({
    summary: 'The newest checkpoint of the transparency log: a signed note (c2sp.org/tlog-checkpoint).',
  })
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' } })
  @OpenRoute()
  @Header('content-type', TEXT)
  @Header('cache-control', 'no-cache')
  checkpoint(@Res({ passthrough: true }) reply: FastifyReply): string {
    const { published } = this.keeper.publisher;
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
  entries(@Req() request: FastifyRequest): StreamableFile {
    const { index, width } = this.tileOf(request);
    const first = index * TILE_WIDTH;
    return bytes(entryBundle(this.keeper.log.entries(first, first + width)));
  }

  @Get('tile/:level/*')
  @ApiOperation({ summary: 'A tile of up to 256 hashes of the log’s tree (c2sp.org/tlog-tiles).' })
  @ApiParam({ name: '*', description: '`000`, `x001/x234/067.p/5`' })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @OpenRoute()
  @Header('cache-control', FOR_EVER)
  tile(@Req() request: FastifyRequest, @Param('level') _level: string): StreamableFile {
    return bytes(tileBytes(this.tileOf(request), this.keeper.log));
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
  key(): string {
    return this.keeper.publisher.verifierKeys.map((key) => `${formatVerifierKey(key)}\n`).join('');
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
  keys(): string {
    const file = new Proofs(this.keeper.log, this.keeper.publisher).keys();
    if (file === undefined) throw noCheckpoint();
    return file;
  }

  @Get('v1/log/deferrals')
  @ApiOperation({ summary: 'How many deferrals of informing a person are open.' })
  @ApiOkResponse({ schema: { type: 'object', properties: { open: { type: 'integer' } } } })
  @OpenRoute()
  deferrals(): { readonly open: number } {
    return { open: this.keeper.log.deferrals.size };
  }

  /** @throws Problem 404 for a tile that the log does not have, or not so wide */
  private tileOf({ url }: FastifyRequest): Tile {
    const tile = parseTilePath(url.slice(1).split('?')[0]!);
    if (!tile || tile.width > tileWidth(tile.level, tile.index, this.keeper.log.range.size)) throw notFound();
    return tile;
  }
}

function bytes(content: Uint8Array): StreamableFile {
  return new StreamableFile(content, { type: 'application/octet-stream', length: content.length });
}

export function noCheckpoint() {
  const detail = 'The log has no checkpoint yet.';
  return problem(503, 'not-yet', detail, 'Ask again in a moment; an empty ledger has none.');
}
