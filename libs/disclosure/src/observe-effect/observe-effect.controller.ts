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
  Uuid,
  When,
  type CommandRequest,
} from '#http';
import type { DisclosureId, EffectObserved, PersonId } from '#person';
import { ObserveEffectCommand, type EffectSeen } from './observe-effect.handler.js';

export class ObserveEffectRequest {
  @Text(500, { description: 'What it brought the person.', example: 'aide-ménagère deux fois par semaine' })
  effect!: string;
  @Uuid({ optional: true, description: 'Mandate that saw it; left out: the caller’s.' }) by?: string;
  @When({ optional: true, description: 'Left out: now.' }) effectiveAt?: string;
}

@Controller('v1/persons/:person/disclosures/:disclosure/effects')
export class ObserveEffectController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording('Record what a disclosure brought the person, so that they can see what it was good for.')
  @Callers('mandate', 'client')
  async observe(
    @PersonParam() person: PersonId,
    @IdParam('disclosure') disclosure: DisclosureId,
    @Body() { effect, by, effectiveAt }: ObserveEffectRequest,
    @Commanding() request: CommandRequest,
  ): Promise<Answer> {
    const seen: EffectSeen = {
      disclosure,
      effect,
      ...(by ? { by } : {}),
      ...optionally('effectiveAt', effectiveAt),
    };
    const outcome: Outcome<EffectObserved> = await this.commands.execute(
      new ObserveEffectCommand(person, seen, request),
    );
    return answer(outcome, () => ({}));
  }
}
