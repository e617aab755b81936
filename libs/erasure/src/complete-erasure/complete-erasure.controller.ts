import { Body, Controller, Post, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiOperation,
  ApiProperty,
  ApiPropertyOptional,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Callers, Flag, PersonParam, problemOf } from '#http';
import type { PersonId } from '#person';
import { Eraser } from './eraser.handler.js';

export class CompleteErasureRequest {
  @Flag({
    optional: true,
    description: 'You vouch that every node of the cluster was scavenged after the first answer.',
  })
  scavenged?: boolean;
}

export class ErasureAnswer {
  @ApiProperty({ description: 'How many streams were erased.' }) streams!: number;
  @ApiPropertyOptional({
    enum: ['cached-keys', 'scavenge'],
    description:
      'Why it is pending, where a cluster holds the ledger: other nodes may hold the key for a minute; then every node of the cluster has to be scavenged.',
  })
  waitsFor?: string;
  @ApiPropertyOptional({ description: 'Repeat it after so many seconds.' }) retryAfterS?: number;
}

@Controller('v1/persons/:person/erasure/completion')
export class CompleteErasureController {
  constructor(private readonly eraser: Eraser) {}

  @Post()
  @ApiOperation({
    summary:
      'Erase a person for good, once every notice has ended or 30 days have passed. Repeat it where it was cut off or is pending.',
  })
  @ApiCreatedResponse({ type: ErasureAnswer })
  @ApiAcceptedResponse({
    type: ErasureAnswer,
    description: 'Key and events are gone; the erasure is pending until it is repeated.',
  })
  @Callers('mandate', 'client')
  async complete(
    @PersonParam() person: PersonId,
    @Body() request: CompleteErasureRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ErasureAnswer> {
    const erased = await this.eraser.complete(person, request?.scavenged);
    if (erased.kind === 'rejected') throw problemOf(erased.rejection);
    if (erased.kind === 'erased') return { streams: erased.streams };
    reply.status(202);
    const { for: waitsFor, forMs } = erased.waits;
    return { streams: erased.streams, waitsFor, retryAfterS: Math.ceil(forMs / 1000) };
  }
}
