import { Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Id } from '#decider';
import type { Outcome } from '#event-store';
import {
  answer,
  Answer,
  Callers,
  Commanding,
  IdParam,
  PersonParam,
  Recording,
  type CommandRequest,
} from '#http';
import type { LegalHoldLifted, PersonId } from '#person';
import { LiftLegalHoldCommand } from './lift-legal-hold.handler.js';

@Controller('v1/persons/:person/legal-holds/:hold/lift')
export class LiftLegalHoldController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording('Lift a legal hold.')
  @Callers('mandate', 'client')
  async lift(
    @PersonParam() person: PersonId,
    @IdParam('hold') hold: Id<'LegalHold'>,
    @Commanding() request: CommandRequest,
  ): Promise<Answer> {
    const outcome: Outcome<LegalHoldLifted> = await this.commands.execute(
      new LiftLegalHoldCommand(person, hold, request),
    );
    return answer(outcome, () => ({}));
  }
}
