import { Controller, Get } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { Catalogues } from '#catalogue';
import { OpenRoute } from '#http';

/** Law and codes, nobody's data: open to everybody. */
@Controller('v1/catalogue')
export class CatalogueController {
  constructor(private readonly catalogues: Catalogues) {}

  @Get()
  @ApiOperation({
    summary:
      'The catalogue in force: purposes, categories, levels, bindings, provisions, retention rules, notices.',
  })
  @OpenRoute()
  async catalogue() {
    const { version, digest, content } = await this.catalogues.current();
    return { version, digest, ...content.sections };
  }
}
