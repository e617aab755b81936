import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { asId } from '#decider';
import type { Outcome } from '#event-store';
import {
  Recording,
  answer,
  Answer,
  Callers,
  Commanding,
  optionally,
  PersonParam,
  Text,
  Uuid,
  Uuids,
  When,
  type CommandRequest,
} from '#http';
import type { NonDisclosureJustified, PersonId } from '#person';
import { JustifyNonDisclosureCommand, type Withholding } from './justify-non-disclosure.handler.js';

export class JustifyNonDisclosureRequest {
  @Uuid({ optional: true, description: 'Who does not share; left out: the caller’s mandate.' })
  mandate?: string;
  @Uuids({ description: 'What is not shared.' }) items!: string[];
  @Text(1000) reason!: string;
  @When({ optional: true, description: 'Left out: now.' }) effectiveAt?: string;
}

@Controller('v1/persons/:person/non-disclosures')
export class JustifyNonDisclosureController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording(
    'Record why something that others may need is not shared: too little is justified as too much is.',
  )
  @Callers('mandate', 'client')
  async justify(
    @PersonParam() person: PersonId,
    @Body() { mandate, items, reason, effectiveAt }: JustifyNonDisclosureRequest,
    @Commanding() request: CommandRequest,
  ): Promise<Answer> {
    const withholding: Withholding = {
      ...(mandate ? { mandate } : {}),
      items: items.map((id) => asId<'Item'>(id)),
      reason,
      ...optionally('effectiveAt', effectiveAt),
    };
    const outcome: Outcome<NonDisclosureJustified> = await this.commands.execute(
      new JustifyNonDisclosureCommand(person, withholding, request),
    );
    return answer(outcome, () => ({}));
  }
}
