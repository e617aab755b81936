import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty } from '@nestjs/swagger';
import { Directory, type InstitutionId } from '#directory';
import { Callers, IdParam, notFound } from '#http';
import { Sealing } from '#sealing';
import { shownSecret, webhookSecret } from './signature.js';

class WebhookSecretAnswer {
  @ApiProperty({ example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }) secret!: string;
}

/** The one place where it is shown. */
@Controller('v1/institutions/:institution/webhook-secret')
export class WebhookSecretController {
  constructor(
    private readonly directory: Directory,
    private readonly sealing: Sealing,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The secret by which the institution knows that a notice comes from here.' })
  @ApiOkResponse({ type: WebhookSecretAnswer })
  @Callers('client')
  @Header('cache-control', 'no-store')
  async secret(@IdParam('institution') institution: InstitutionId): Promise<WebhookSecretAnswer> {
    if (!(await this.directory.institution(institution))) throw notFound();
    return { secret: shownSecret(await webhookSecret(this.sealing, institution)) };
  }
}
