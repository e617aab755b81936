import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { MandateId } from '#directory';
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
import type { MemberEnded } from '../commission.events.js';
import type { CommissionId } from '../commission.ids.js';
import { EndMemberCommand } from './end-member.handler.js';

export class EndMemberRequest {
  @When({ description: 'The last day, past or to come.' }) until!: string;
}

@Controller('v1/commissions/:commission/members/:mandate/end')
export class EndMemberController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording('End a seat on a day: what was learnt in sessions until then stays bound to them.')
  @Callers('client')
  async end(
    @IdParam('commission') commission: CommissionId,
    @IdParam('mandate') mandate: MandateId,
    @Body() { until }: EndMemberRequest,
    @Commanding() request: CommandRequest,
  ): Promise<Answer> {
    const outcome: Outcome<MemberEnded> = await this.commands.execute(
      new EndMemberCommand(commission, { mandate, until: when(until) }, request),
    );
    return answer(outcome, () => ({}));
  }
}
