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
  optionally,
  PersonParam,
  Text,
  When,
  type CommandRequest,
} from '#http';
import type { DisclosureContested, DisclosureId, PersonId } from '#person';
import { ContestDisclosureCommand } from './contest-disclosure.handler.js';

export class ContestDisclosureRequest {
  @Text(1000, { description: 'What is wrong with it, in the person’s words.' }) ground!: string;
  @When({ optional: true, description: 'Left out: now.' }) effectiveAt?: string;
}

@Controller('v1/persons/:person/disclosures/:disclosure/contests')
export class ContestDisclosureController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording('Contest a disclosure: that it took place, what it said, or that it was lawful.')
  @Callers('mandate', 'person', 'client')
  async contest(
    @PersonParam() person: PersonId,
    @IdParam('disclosure') disclosure: DisclosureId,
    @Body() { ground, effectiveAt }: ContestDisclosureRequest,
    @Commanding() request: CommandRequest,
  ): Promise<Answer> {
    const contesting = { contest: { disclosure, ground }, ...optionally('effectiveAt', effectiveAt) };
    const outcome: Outcome<DisclosureContested> = await this.commands.execute(
      new ContestDisclosureCommand(person, contesting, request),
    );
    return answer(outcome, () => ({}));
  }
}
