import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Outcome } from '#event-store';
import {
  Recording,
  answer,
  Answer,
  Callers,
  Commanding,
  Flag,
  OneOf,
  optionally,
  PersonParam,
  Text,
  When,
  type CommandRequest,
} from '#http';
import type { CapacityAssessed } from '../identity.events.js';
import type { PersonId } from '../person.ids.js';
import { AssessCapacityCommand } from './assess-capacity.handler.js';

export class AssessCapacityRequest {
  @Flag({ description: 'Able to decide in this domain.' }) ableToDecide!: boolean;
  @OneOf(['personal', 'property']) domain!: 'personal' | 'property';
  @Text(200, { description: 'Who assessed it.', example: 'médecin traitant' }) by!: string;
  @When({ optional: true, description: 'Left out: now.' }) effectiveAt?: string;
}

@Controller('v1/persons/:person/capacity-assessments')
export class AssessCapacityController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording('Record whether the person was found able to decide, in personal matters or about property.')
  @Callers('mandate', 'client')
  async assess(
    @PersonParam() person: PersonId,
    @Body() { ableToDecide, domain, by, effectiveAt }: AssessCapacityRequest,
    @Commanding() request: CommandRequest,
  ): Promise<Answer> {
    const assessed = {
      assessment: { ableToDecide, domain, by },
      ...optionally('effectiveAt', effectiveAt),
    };
    const outcome: Outcome<CapacityAssessed> = await this.commands.execute(
      new AssessCapacityCommand(person, assessed, request),
    );
    return answer(outcome, () => ({}));
  }
}
