import { applyDecorators } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiExtraModels,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import { Answer } from './answer.js';

type Constructor = new () => object;

class ProblemField {
  @ApiProperty({ example: 'recipients[0].mandate' }) field!: string;
  @ApiProperty() detail!: string;
  @ApiProperty() remedy!: string;
}

/** RFC 9457, for the documentation; made by `problem()`. */
class ProblemDocument {
  @ApiProperty({ example: 'urn:sillage:problem:empty-scope' }) type!: string;
  @ApiProperty() title!: string;
  @ApiProperty() status!: number;
  @ApiProperty() detail!: string;
  @ApiProperty({ required: false }) remedy?: string;
  @ApiProperty({ type: [ProblemField], required: false }) errors?: ProblemField[];
}

const problems = () =>
  applyDecorators(
    ApiExtraModels(ProblemDocument),
    ApiResponse({
      status: '4XX',
      description: 'What is wrong, with the field and the remedy.',
      content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemDocument) } } },
    }),
  );

/** Documents a command: its one sentence, its answer, the headers and problems that all commands share. */
export function Recording(summary: string, answer: Constructor = Answer): MethodDecorator {
  return applyDecorators(
    ApiOperation({ summary }),
    ApiCreatedResponse({
      type: answer,
      headers: { ETag: { description: 'The revision.', schema: { type: 'string' } } },
    }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'Repeat it, and nothing happens twice.',
    }),
    ApiHeader({ name: 'If-Match', required: false, description: 'The ETag that the caller saw.' }),
    problems(),
  );
}

/** Documents a question: its one sentence and the rows of its pages. */
export function Asking(summary: string, row: Constructor): MethodDecorator {
  const page = {
    type: 'object',
    required: ['validAt', 'knownAt', 'position', 'rows', 'next'],
    properties: {
      validAt: { type: 'string', format: 'date-time' },
      knownAt: { type: 'string', format: 'date-time' },
      position: { type: 'integer', description: 'Everything up to here had been applied.' },
      rows: { type: 'array', items: { $ref: getSchemaPath(row) } },
      next: { type: 'string', nullable: true, description: 'Cursor of the next page.' },
    },
  };
  return applyDecorators(
    ApiOperation({ summary }),
    ApiExtraModels(row),
    ApiOkResponse({
      description: 'A page; with format ndjson or csv all rows.',
      content: {
        'application/json': { schema: page },
        'application/x-ndjson': { schema: { type: 'string' } },
        'text/csv': { schema: { type: 'string' } },
      },
    }),
    problems(),
  );
}
