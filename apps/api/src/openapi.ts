import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { DEVELOPMENT_HEADER } from '#http';

const DESCRIPTION = `A ledger of consent and disclosure: who knows what about a person, for what purpose, on what
basis, until when, and by which path. Every command takes an Idempotency-Key and answers a position; send it as
\`after\` to read what you wrote. Every question takes \`validAt\` and \`knownAt\`. Errors are problem+json
(RFC 9457) and name the field and the remedy.`;

export function openApiDocument(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('Sillage')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .addApiKey({ type: 'apiKey', in: 'header', name: DEVELOPMENT_HEADER }, 'development')
    .addBearerAuth()
    .addSecurityRequirements('development')
    .addSecurityRequirements('bearer');
  const document = SwaggerModule.createDocument(app, builder.build());
  for (const [path, operations] of Object.entries(document.paths))
    for (const operation of Object.values(operations as Record<string, { tags?: string[] }>))
      operation.tags = [areaOf(path)];
  return document;
}

/** `consents` of `/v1/persons/{person}/consents/{consent}/withdrawals`. */
function areaOf(path: string): string {
  const named = path.split('/').filter((part) => part !== '' && part !== 'v1' && !part.startsWith('{'));
  return named[1] ?? named[0] ?? 'other';
}

/** `GET /v1/openapi.json` and, for people, `GET /docs`. */
export function serveDocumentation(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'v1/openapi.json',
    customSiteTitle: 'Sillage',
  });
}
