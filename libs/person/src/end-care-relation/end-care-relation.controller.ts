import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import type { MandateId } from '#directory';
import type { Outcome } from '#event-store';
import {
  answer,
  Answer,
  Callers,
  Commanding,
  IdParam,
  PersonParam,
  Reply,
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

  /** Record that a professional no longer takes part in the person's care. */
  @Post()
  @Callers('mandate', 'client')
  async end(
    @PersonParam() person: PersonId,
    @IdParam('mandate') mandate: MandateId,
    @Body() body: EndCareRelationRequest,
    @Commanding() request: CommandRequest,
    @Reply() reply: FastifyReply,
  ): Promise<Answer> {
    const outcome: Outcome<CareRelationEnded> = await this.commands.execute(
      new EndCareRelationCommand(person, { mandate, until: when(body.until) }, request),
    );
    return answer(reply, outcome, () => ({}));
  }
}
