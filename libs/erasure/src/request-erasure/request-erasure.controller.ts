import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Outcome } from '#event-store';
import {
  answer,
  Answer,
  Callers,
  Commanding,
  PersonParam,
  Recording,
  SomeOf,
  type CommandRequest,
} from '#http';
import type { ErasureRequested, PersonId } from '#person';
import { GROUND_CODES, type GroundToKeep } from '../erasures.js';
import { RequestErasureCommand } from './request-erasure.handler.js';

export class RequestErasureRequest {
  @SomeOf(GROUND_CODES, {
    description: 'Grounds to keep (GDPR 17(3)) that apply, as examined; empty when none does.',
  })
  groundsToKeep!: GroundToKeep[];
}

@Controller('v1/persons/:person/erasure')
export class RequestErasureController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording(
    'Request the erasure of a person: holders are notified, and from here only these notices can be read.',
  )
  @Callers('mandate', 'client')
  async ask(
    @PersonParam() person: PersonId,
    @Body() { groundsToKeep }: RequestErasureRequest,
    @Commanding() request: CommandRequest,
  ): Promise<Answer> {
    const outcome: Outcome<ErasureRequested> = await this.commands.execute(
      new RequestErasureCommand(person, groundsToKeep, request),
    );
    return answer(outcome, () => ({}));
  }
}
