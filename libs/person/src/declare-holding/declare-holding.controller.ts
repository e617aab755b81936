import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
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
  optionally,
  Part,
  PersonParam,
  When,
  type CommandRequest,
} from '#http';
import type { HoldingDeclared } from '../item.events.js';
import type { ItemId, PersonId } from '../person.ids.js';
import { RecipientRequest } from '../recipient.request.js';
import { sourceOf, SourceRequest } from '../source.request.js';
import { DeclareHoldingCommand, type HoldingDeclaration } from './declare-holding.handler.js';

export class DeclareHoldingRequest {
  @Part(() => RecipientRequest, {
    optional: true,
    description: 'Who holds it; left out: the caller’s mandate.',
  })
  holder?: RecipientRequest;
  @CodeField({ description: 'The purpose for which it was obtained.', example: 'care-coordination' })
  purpose!: string;
  @Part(() => SourceRequest) source!: SourceRequest;
  @When({ optional: true, description: 'When they came to know it; left out: now.' }) effectiveAt?: string;
}

@Controller('v1/persons/:person/items/:item/holdings')
export class DeclareHoldingController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording(
    'Declare that somebody else knows an item too: since when, for what, and where they have it from.',
  )
  @Callers('mandate', 'client')
  async declare(
    @PersonParam() person: PersonId,
    @IdParam('item') item: ItemId,
    @Body() body: DeclareHoldingRequest,
    @Commanding() request: CommandRequest,
  ): Promise<Answer> {
    const outcome: Outcome<HoldingDeclared> = await this.commands.execute(
      new DeclareHoldingCommand(person, declarationOf(item, body), request),
    );
    return answer(outcome, () => ({}));
  }
}

function declarationOf(item: ItemId, body: DeclareHoldingRequest): HoldingDeclaration {
  return {
    item,
    ...(body.holder ? { holder: body.holder } : {}),
    purpose: asCode<'Purpose'>(body.purpose),
    source: sourceOf(body.source),
    ...optionally('effectiveAt', body.effectiveAt),
  };
}
