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
  PersonParam,
  Text,
  when,
  When,
  type CommandRequest,
} from '#http';
import type { DisclosureId, PersonId, RetentionChanged } from '#person';
import { ChangeRetentionCommand } from './change-retention.handler.js';

export class ChangeRetentionRequest {
  @When({ description: 'The last day on which recipients may keep it.' }) retainUntil!: string;
  @Text(500) reason!: string;
}

@Controller('v1/persons/:person/disclosures/:disclosure/retention')
export class ChangeRetentionController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording('Change until when recipients may keep what they were told, with the reason.')
  @Callers('mandate', 'client')
  async change(
    @PersonParam() person: PersonId,
    @IdParam('disclosure') disclosure: DisclosureId,
    @Body() { retainUntil, reason }: ChangeRetentionRequest,
    @Commanding() request: CommandRequest,
  ): Promise<Answer> {
    const change = { disclosure, retainUntil: when(retainUntil), reason };
    const outcome: Outcome<RetentionChanged> = await this.commands.execute(
      new ChangeRetentionCommand(person, change, request),
    );
    return answer(outcome, () => ({}));
  }
}
