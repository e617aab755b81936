import { Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiProperty } from '@nestjs/swagger';
import { Callers, PersonParam, problemOf } from '#http';
import type { PersonId } from '#person';
import { Eraser } from './eraser.handler.js';

export class ErasureAnswer {
  @ApiProperty({ description: 'How many streams were erased.' }) streams!: number;
}

@Controller('v1/persons/:person/erasure/completion')
export class CompleteErasureController {
  constructor(private readonly eraser: Eraser) {}

  @Post()
  @ApiOperation({
    summary:
      'Erase a person for good, once every notice has ended or 30 days have passed. Repeat it where it was cut off.',
  })
  @ApiCreatedResponse({ type: ErasureAnswer })
  @Callers('mandate', 'client')
  async complete(@PersonParam() person: PersonId): Promise<ErasureAnswer> {
    const erased = await this.eraser.complete(person);
    if (erased.kind === 'rejected') throw problemOf(erased.rejection);
    return { streams: erased.streams };
  }
}
