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
  when,
  When,
  type CommandRequest,
} from '#http';
import type { InstitutionId, MandateId } from '../directory.ids.js';
import type { MandateEnded } from '../institution.events.js';
import { EndMandateCommand } from './end-mandate.handler.js';

export class EndMandateRequest {
  @When({ description: 'The last day, past or to come.' }) until!: string;
}

@Controller('v1/institutions/:institution/mandates/:mandate/end')
export class EndMandateController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording('End a mandate on a day: what was done under it until then stays as it is.')
  @Callers('client')
  async end(
    @IdParam('institution') institution: InstitutionId,
    @IdParam('mandate') mandate: MandateId,
    @Body() body: EndMandateRequest,
    @Commanding() request: CommandRequest,
  ): Promise<Answer> {
    const outcome: Outcome<MandateEnded> = await this.commands.execute(
      new EndMandateCommand(institution, { mandate, until: when(body.until) }, request),
    );
    return answer(outcome, () => ({}));
  }
}
