import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
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
import type { DisclosureId, DutyDischarged, PersonId } from '#person';
import { DISCHARGEABLE } from './discharge-duty.js';
import { DischargeDutyCommand, type DutyDone } from './discharge-duty.handler.js';

export class DischargeDutyRequest {
  @OneOf(DISCHARGEABLE) kind!: string;
  @Text(500, { optional: true, example: 'rappelé au téléphone' }) note?: string;
  @Uuid({ optional: true, description: 'Mandate that did it; left out: the caller’s.' }) by?: string;
  @When({ optional: true, description: 'Left out: now.' }) effectiveAt?: string;
}

@Controller('v1/persons/:person/disclosures/:disclosure/duties')
export class DischargeDutyController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording('Record that an institution did what it owed on a disclosure, where nothing else tells of it.')
  @Callers('mandate', 'client')
  async discharge(
    @PersonParam() person: PersonId,
    @IdParam('disclosure') disclosure: DisclosureId,
    @Body() { kind, note, by, effectiveAt }: DischargeDutyRequest,
    @Commanding() request: CommandRequest,
  ): Promise<Answer> {
    const done: DutyDone = {
      disclosure,
      kind,
      ...(note ? { note } : {}),
      ...(by ? { by } : {}),
      ...optionally('effectiveAt', effectiveAt),
    };
    const outcome: Outcome<DutyDischarged> = await this.commands.execute(
      new DischargeDutyCommand(person, done, request),
    );
    return answer(outcome, () => ({}));
  }
}
