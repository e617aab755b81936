import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { CaseId } from '#commission';
import type { Outcome } from '#event-store';
import {
  answer,
  Answer,
  Callers,
  Commanding,
  IdParam,
  OneOf,
  optionally,
  PersonParam,
  Recording,
  Text,
  Uuid,
  When,
  type CommandRequest,
} from '#http';
import type { DecisionTaken, OpinionGiven, PersonId } from '#person';
import { ConcludeCaseCommand } from './conclude-case.handler.js';

export class ConcludeCaseRequest {
  @OneOf(['opinion', 'decision']) kind!: 'opinion' | 'decision';
  @Uuid({ description: 'The session that heard it.' }) session!: string;
  @Text(300, { example: 'Avis favorable au maintien' }) label!: string;
  @Text(500, { description: 'Levers of action.' }) levers!: string;
  @Text(500, { description: 'How the person is accompanied.' }) accompaniment!: string;
  @Text(500, { description: 'Which institutions and professionals cooperate.' }) cooperation!: string;
  @When({ optional: true, description: 'Left out: now.' }) effectiveAt?: string;
}

@Controller('v1/persons/:person/cases/:case/conclusions')
export class ConcludeCaseController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording('Record the opinion or decision of a commission on a case, by label.')
  @Callers('mandate', 'client')
  async conclude(
    @PersonParam() person: PersonId,
    @IdParam('case') id: CaseId,
    @Body() { kind, effectiveAt, ...said }: ConcludeCaseRequest,
    @Commanding() request: CommandRequest,
  ): Promise<Answer> {
    const conclude = { kind, conclusion: { ...said, case: id }, ...optionally('effectiveAt', effectiveAt) };
    const outcome: Outcome<OpinionGiven | DecisionTaken> = await this.commands.execute(
      new ConcludeCaseCommand(person, conclude, request),
    );
    return answer(outcome, () => ({}));
  }
}
