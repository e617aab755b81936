import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { MandateId } from '#directory';
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
import type { CareRelationEnded } from '../identity.events.js';
import type { PersonId } from '../person.ids.js';
import { EndCareRelationCommand } from './end-care-relation.handler.js';

export class EndCareRelationRequest {
  @When({ description: 'The last day, today at the latest.' }) until!: string;
}

@Controller('v1/persons/:person/care-relations/:mandate/end')
export class EndCareRelationController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording("Record that a professional no longer takes part in the person's care.")
  @Callers('mandate', 'client')
  async end(
    @PersonParam() person: PersonId,
    @IdParam('mandate') mandate: MandateId,
    @Body() body: EndCareRelationRequest,
    @Commanding() request: CommandRequest,
  ): Promise<Answer> {
    const outcome: Outcome<CareRelationEnded> = await this.commands.execute(
      new EndCareRelationCommand(person, { mandate, until: when(body.until) }, request),
    );
    return answer(outcome, () => ({}));
  }
}
