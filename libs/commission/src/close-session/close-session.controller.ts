import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Outcome } from '#event-store';
import {
  answer,
  Answer,
  Callers,
  Commanding,
  IdParam,
  optionally,
  Recording,
  When,
  type CommandRequest,
} from '#http';
import type { SessionClosed } from '../commission.events.js';
import type { CommissionId, SessionId } from '../commission.ids.js';
import { CloseSessionCommand } from './close-session.handler.js';

export class CloseSessionRequest {
  @When({ optional: true, description: 'Left out: now.' }) effectiveAt?: string;
}

@Controller('v1/commissions/:commission/sessions/:session/close')
export class CloseSessionController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording('Close a session: nothing more is tabled, and the duty to forget begins.')
  @Callers('mandate', 'client')
  async close(
    @IdParam('commission') commission: CommissionId,
    @IdParam('session') session: SessionId,
    @Body() { effectiveAt }: CloseSessionRequest,
    @Commanding() request: CommandRequest,
  ): Promise<Answer> {
    const close = { session, ...optionally('effectiveAt', effectiveAt) };
    const outcome: Outcome<SessionClosed> = await this.commands.execute(
      new CloseSessionCommand(commission, close, request),
    );
    return answer(outcome, () => ({}));
  }
}
