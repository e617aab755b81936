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
import type { ObjectionAnswered, ObjectionId, PersonId } from '#person';
import { AnswerObjectionCommand, type AnswerGiven } from './answer-objection.handler.js';

export class AnswerObjectionRequest {
  @OneOf(['accepted', 'rejected']) answer!: 'accepted' | 'rejected';
  @Text(500, { description: 'Told to the person.' }) reason!: string;
  @Uuid({ optional: true, description: 'Mandate that answers; left out: the caller’s.' }) by?: string;
  @When({ optional: true, description: 'Left out: now.' }) effectiveAt?: string;
}

@Controller('v1/persons/:person/objections/:objection/answers')
export class AnswerObjectionController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording('Answer an objection, with the reason; it stands until it is lifted, whatever the answer.')
  @Callers('mandate', 'client')
  async answer(
    @PersonParam() person: PersonId,
    @IdParam('objection') objection: ObjectionId,
    @Body() body: AnswerObjectionRequest,
    @Commanding() request: CommandRequest,
  ): Promise<Answer> {
    const given: AnswerGiven = {
      objection,
      answer: body.answer,
      reason: body.reason,
      ...(body.by ? { by: body.by } : {}),
      ...optionally('effectiveAt', body.effectiveAt),
    };
    const outcome: Outcome<ObjectionAnswered> = await this.commands.execute(
      new AnswerObjectionCommand(person, given, request),
    );
    return answer(outcome, () => ({}));
  }
}
