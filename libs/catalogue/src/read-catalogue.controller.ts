import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { notFound, OpenRoute } from '#http';
import type { Catalogue } from './catalogue.js';
import { Catalogues } from './catalogues.js';
import { versionNamed } from './published.js';

/** Law and codes, nobody's data: open to everybody. */
@Controller('v1/catalogue')
export class ReadCatalogueController {
  constructor(private readonly catalogues: Catalogues) {}

  @Get()
  @ApiOperation({
    summary:
      'The catalogue in force: purposes, categories, levels, bindings, provisions, retention rules, notices.',
  })
  @OpenRoute()
  async current() {
    return shown(await this.catalogues.current());
  }

  @Get('versions')
  @ApiOperation({ summary: 'Every version that was published, oldest first.' })
  @OpenRoute()
  async versions() {
    const { versions } = await this.catalogues.published();
    return [...versions].map(({ event: { version, validFrom, title, digest, changed } }) => ({
      version,
      validFrom,
      title,
      digest,
      changed: changed.length,
    }));
  }

  @Get('versions/:version')
  @ApiOperation({ summary: 'One version as it was, with what it changed.' })
  @OpenRoute()
  async version(@Param('version') version: string) {
    const found = versionNamed(await this.catalogues.published(), version);
    if (!found) throw notFound();
    return { ...shown(found.catalogue), changed: found.event.changed };
  }
}

function shown({ version, digest, content }: Catalogue) {
  return { version, digest, ...content.sections };
}
