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
  when,
  When,
  type CommandRequest,
} from '#http';
import type { RepresentationEnded } from '../identity.events.js';
import type { PersonId, RepresentativeId } from '../person.ids.js';
import { EndRepresentationCommand } from './end-representation.handler.js';

export class EndRepresentationRequest {
  @When({ description: 'The last day, past or to come.' }) until!: string;
}

@Controller('v1/persons/:person/representations/:representative/end')
export class EndRepresentationController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording('End a representation on a day: what the representative said until then stays on record.')
  @Callers('mandate', 'client')
  async end(
    @PersonParam() person: PersonId,
    @IdParam('representative') representative: RepresentativeId,
    @Body() body: EndRepresentationRequest,
    @Commanding() request: CommandRequest,
  ): Promise<Answer> {
    const outcome: Outcome<RepresentationEnded> = await this.commands.execute(
      new EndRepresentationCommand(person, { representative, until: when(body.until) }, request),
    );
    return answer(outcome, () => ({}));
  }
}
