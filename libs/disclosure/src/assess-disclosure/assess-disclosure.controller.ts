import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { answer, Callers, Commanding, PersonParam, type CommandRequest } from '#http';
import type { PersonId } from '#person';
import { IntendedRequest, wishOf } from '../intended.request.js';
import { AssessmentAnswer, Assessing } from './assessment-answer.controller.js';
import type { Assessed } from './assess-disclosure.js';
import { AssessDisclosureCommand, type AssessedIntention } from './assess-disclosure.handler.js';

export class AssessDisclosureRequest extends IntendedRequest {}

@Controller('v1/persons/:person/assessments')
export class AssessDisclosureController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(200)
  @Assessing('May I share this? The nine points of an intended disclosure; nothing is recorded of the act.')
  @Callers('mandate', 'client')
  async assess(
    @PersonParam() person: PersonId,
    @Body() body: AssessDisclosureRequest,
    @Commanding() request: CommandRequest,
  ): Promise<AssessmentAnswer> {
    const { outcome, assessed }: AssessedIntention = await this.commands.execute(
      new AssessDisclosureCommand(person, wishOf(body), request),
    );
    const { revision, position } = answer(outcome, () => ({}));
    const { assessment, leftOut } = assessed as Assessed;
    return { ...assessment, leftOut, revision, position };
  }
}
