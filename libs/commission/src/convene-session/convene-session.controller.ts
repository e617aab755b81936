import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import type { Outcome } from '#event-store';
import {
  answer,
  Answer,
  Callers,
  Commanding,
  IdParam,
  Recording,
  when,
  When,
  type CommandRequest,
} from '#http';
import type { SessionConvened } from '../commission.events.js';
import type { CommissionId } from '../commission.ids.js';
import { ConveneSessionCommand } from './convene-session.handler.js';

export class ConveneSessionRequest {
  @When({ description: 'The day on which it is held.' }) on!: string;
}

class SessionAnswer extends Answer {
  @ApiProperty({ format: 'uuid' }) session!: string;
}

@Controller('v1/commissions/:commission/sessions')
export class ConveneSessionController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording('Convene a session of the commission on a day.', SessionAnswer)
  @Callers('mandate', 'client')
  async convene(
    @IdParam('commission') commission: CommissionId,
    @Body() { on }: ConveneSessionRequest,
    @Commanding() request: CommandRequest,
  ): Promise<SessionAnswer> {
    const outcome: Outcome<SessionConvened> = await this.commands.execute(
      new ConveneSessionCommand(commission, when(on), request),
    );
    return answer(outcome, ([event]) => ({ session: event!.data.session }));
  }
}
