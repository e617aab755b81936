import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import type { Effective } from '#decider';
import type { Outcome } from '#event-store';
import {
  answer,
  Answer,
  Callers,
  Commanding,
  OneOf,
  optionally,
  Part,
  PersonParam,
  Recording,
  Uuid,
  When,
  type CommandRequest,
} from '#http';
import { MEANS, speakerOf, SpeakerRequest, type AccessRequested, type Means, type PersonId } from '#person';
import { RequestAccessCommand } from './request-access.handler.js';

export class RequestAccessRequest {
  @Uuid({ optional: true, description: 'The institution that is asked; left out: the caller’s own.' })
  institution?: string;
  @Part(() => SpeakerRequest, { optional: true, description: 'Left out: the person.' }) by?: SpeakerRequest;
  @OneOf(MEANS) means!: Means;
  @When({ optional: true, description: 'When the institution received it; left out: now.' })
  effectiveAt?: string;
}

class AccessAnswer extends Answer {
  @ApiProperty({ format: 'uuid' }) request!: string;
  @ApiProperty({ type: Object, description: 'Last day to answer: a month, in the calendar.' })
  answerBy!: Effective;
}

@Controller('v1/persons/:person/access-requests')
export class RequestAccessController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording(
    'Record that the person asks an institution what it holds about them and whom it told (GDPR 15): it has a month to answer.',
    AccessAnswer,
  )
  @Callers('mandate', 'person', 'client')
  async ask(
    @PersonParam() person: PersonId,
    @Body() { institution, by, means, effectiveAt }: RequestAccessRequest,
    @Commanding() request: CommandRequest,
  ): Promise<AccessAnswer> {
    const said = {
      by: speakerOf(by),
      means,
      ...(institution ? { institution } : {}),
      ...optionally('effectiveAt', effectiveAt),
    };
    const outcome: Outcome<AccessRequested> = await this.commands.execute(
      new RequestAccessCommand(person, said, request),
    );
    return answer(outcome, ([event]) => ({ request: event!.data.request, answerBy: event!.data.answerBy }));
  }
}
