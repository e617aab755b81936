import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Outcome } from '#event-store';
import {
  Recording,
  answer,
  Answer,
  Callers,
  Commanding,
  IdParam,
  OneOf,
  optionally,
  PersonParam,
  Text,
  Uuid,
  When,
  type CommandRequest,
} from '#http';
import type { ContestAnswered, DisclosureId, PersonId } from '#person';
import { AnswerContestCommand, type ContestAnswerGiven } from './answer-contest.handler.js';

export class AnswerContestRequest {
  @OneOf(['upheld', 'rejected'], { description: 'Upheld: the person is right.' })
  answer!: 'upheld' | 'rejected';
  @Text(1000, { description: 'Told to the person.' }) reason!: string;
  @Uuid({ optional: true, description: 'Mandate that answers; left out: the caller’s.' }) by?: string;
  @When({ optional: true, description: 'Left out: now.' }) effectiveAt?: string;
}

@Controller('v1/persons/:person/disclosures/:disclosure/contests/answer')
export class AnswerContestController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording('Answer what was contested about a disclosure, with the reason.')
  @Callers('mandate', 'client')
  async answer(
    @PersonParam() person: PersonId,
    @IdParam('disclosure') disclosure: DisclosureId,
    @Body() body: AnswerContestRequest,
    @Commanding() request: CommandRequest,
  ): Promise<Answer> {
    const given: ContestAnswerGiven = {
      disclosure,
      answer: body.answer,
      reason: body.reason,
      ...(body.by ? { by: body.by } : {}),
      ...optionally('effectiveAt', body.effectiveAt),
    };
    const outcome: Outcome<ContestAnswered> = await this.commands.execute(
      new AnswerContestCommand(person, given, request),
    );
    return answer(outcome, () => ({}));
  }
}
