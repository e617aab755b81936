import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { asId } from '#decider';
import type { Outcome } from '#event-store';
import { answer, Answer, Callers, Commanding, IdParam, Recording, Uuid, type CommandRequest } from '#http';
import type { AgendaItemAdded } from '../commission.events.js';
import type { CommissionId, SessionId } from '../commission.ids.js';
import { AddAgendaItemCommand } from './add-agenda-item.handler.js';

export class AddAgendaItemRequest {
  @Uuid({ description: 'A case that was referred to this commission.' }) case!: string;
}

@Controller('v1/commissions/:commission/sessions/:session/agenda')
export class AddAgendaItemController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording('Put a case on the agenda of a session.')
  @Callers('mandate', 'client')
  async add(
    @IdParam('commission') commission: CommissionId,
    @IdParam('session') session: SessionId,
    @Body() body: AddAgendaItemRequest,
    @Commanding() request: CommandRequest,
  ): Promise<Answer> {
    const item = { session, case: asId<'Case'>(body.case) };
    const outcome: Outcome<AgendaItemAdded> = await this.commands.execute(
      new AddAgendaItemCommand(commission, item, request),
    );
    return answer(outcome, () => ({}));
  }
}
