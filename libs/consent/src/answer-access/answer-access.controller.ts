import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import type { Outcome } from '#event-store';
import {
  answer,
  Answer,
  Callers,
  Commanding,
  IdParam,
  optionally,
  PersonParam,
  Recording,
  Uuid,
  When,
  type CommandRequest,
} from '#http';
import type { AccessAnswered, PersonId } from '#person';
import { AnswerAccessCommand } from './answer-access.handler.js';

export class AnswerAccessRequest {
  @Uuid({ optional: true, description: 'Mandate that answers; left out: the caller’s.' }) by?: string;
  @When({ optional: true, description: 'Left out: now.' }) effectiveAt?: string;
}

class AnsweredAnswer extends Answer {
  @ApiProperty({
    type: [String],
    description: 'Whom the institution told, named to the person: `mandate:<id>`, `institution:<id>`, …',
  })
  recipients!: readonly string[];
}

@Controller('v1/persons/:person/access-requests/:request/answer')
export class AnswerAccessController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording('Answer an access request: whom the institution told is named from the record.', AnsweredAnswer)
  @Callers('mandate', 'client')
  async answer(
    @PersonParam() person: PersonId,
    @IdParam('request') request: string,
    @Body() { by, effectiveAt }: AnswerAccessRequest,
    @Commanding() command: CommandRequest,
  ): Promise<AnsweredAnswer> {
    const given = { request, ...(by ? { by } : {}), ...optionally('effectiveAt', effectiveAt) };
    const outcome: Outcome<AccessAnswered> = await this.commands.execute(
      new AnswerAccessCommand(person, given, command),
    );
    return answer(outcome, ([event]) => ({ recipients: event!.data.recipients }));
  }
}
