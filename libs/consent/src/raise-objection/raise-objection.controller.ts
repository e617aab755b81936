import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import type { Outcome } from '#event-store';
import {
  Recording,
  answer,
  Answer,
  Callers,
  Commanding,
  OneOf,
  optionally,
  Part,
  PersonParam,
  Text,
  When,
  type CommandRequest,
} from '#http';
import {
  MEANS,
  ScopeRequest,
  speakerOf,
  SpeakerRequest,
  type Means,
  type ObjectionRaised,
  type PersonId,
} from '#person';
import { RaiseObjectionCommand, type ObjectionSaid } from './raise-objection.handler.js';

export class RaiseObjectionRequest extends ScopeRequest {
  @Part(() => SpeakerRequest, { optional: true, description: 'Left out: the person.' }) by?: SpeakerRequest;
  @OneOf(MEANS) means!: Means;
  @Text(500, { optional: true, description: 'No reason is needed.' }) ground?: string;
  @When({ optional: true, description: 'When it was said; left out: now.' }) effectiveAt?: string;
}

class ObjectionAnswer extends Answer {
  @ApiProperty({ format: 'uuid' }) objection!: string;
}

@Controller('v1/persons/:person/objections')
export class RaiseObjectionController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording(
    'Record that the person, or somebody who may speak for them, objects: it stands until it is lifted.',
    ObjectionAnswer,
  )
  @Callers('mandate', 'person', 'client')
  async raise(
    @PersonParam() person: PersonId,
    @Body() body: RaiseObjectionRequest,
    @Commanding() request: CommandRequest,
  ): Promise<ObjectionAnswer> {
    const outcome: Outcome<ObjectionRaised> = await this.commands.execute(
      new RaiseObjectionCommand(person, saidIn(body), request),
    );
    return answer(outcome, ([event]) => ({ objection: event!.data.objection }));
  }
}

function saidIn(body: RaiseObjectionRequest): ObjectionSaid {
  const { by, means, ground, effectiveAt } = body;
  return {
    scope: body,
    word: { by: speakerOf(by), means, ...(ground ? { ground } : {}) },
    ...optionally('effectiveAt', effectiveAt),
  };
}
