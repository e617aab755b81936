import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { LEVELS } from '#catalogue';
import { asCode } from '#decider';
import type { Outcome } from '#event-store';
import {
  Recording,
  answer,
  Answer,
  Callers,
  CodeField,
  Commanding,
  IdParam,
  OneOf,
  PersonParam,
  Text,
  type CommandRequest,
} from '#http';
import type { InformationRequalified } from '../item.events.js';
import type { ItemId, Level, PersonId } from '../person.ids.js';
import { RequalifyInformationCommand } from './requalify-information.handler.js';

export class RequalifyInformationRequest {
  @CodeField({ optional: true }) category?: string;
  @OneOf(LEVELS, { optional: true }) level?: Level;
  @Text(120, { optional: true, description: 'A label, never the content.' }) label?: string;
  @Text(500) reason!: string;
}

@Controller('v1/persons/:person/items/:item/requalifications')
export class RequalifyInformationController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording('Correct the category, level or label of an item from now on, with the reason.')
  @Callers('mandate', 'client')
  async requalify(
    @PersonParam() person: PersonId,
    @IdParam('item') item: ItemId,
    @Body() body: RequalifyInformationRequest,
    @Commanding() request: CommandRequest,
  ): Promise<Answer> {
    const outcome: Outcome<InformationRequalified> = await this.commands.execute(
      new RequalifyInformationCommand(person, requalificationOf(item, body), request),
    );
    return answer(outcome, () => ({}));
  }
}

function requalificationOf(
  item: ItemId,
  { category, level, label, reason }: RequalifyInformationRequest,
): InformationRequalified['data'] {
  return {
    item,
    ...(category ? { category: asCode<'Category'>(category) } : {}),
    ...(level ? { level } : {}),
    ...(label ? { label } : {}),
    reason,
  };
}
