import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { asId } from '#decider';
import type { Outcome } from '#event-store';
import {
  answer,
  Answer,
  Callers,
  Commanding,
  IdParam,
  optionally,
  Recording,
  Uuid,
  Uuids,
  when,
  When,
  type CommandRequest,
} from '#http';
import type { MemberAppointed } from '../commission.events.js';
import type { CommissionId } from '../commission.ids.js';
import { AppointMemberCommand } from './appoint-member.handler.js';

export class AppointMemberRequest {
  @Uuid({ description: 'The mandate under which the member sits.' }) mandate!: string;
  @Uuids({ optional: true, description: 'The cases it is limited to; left out: every case.' })
  cases?: string[];
  @When() validFrom!: string;
  @When({ optional: true, description: 'The last day.' }) validUntil?: string;
}

@Controller('v1/commissions/:commission/members')
export class AppointMemberController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording('Appoint a mandate to a seat in the commission.')
  @Callers('client')
  async appoint(
    @IdParam('commission') commission: CommissionId,
    @Body() { mandate, cases, validFrom, validUntil }: AppointMemberRequest,
    @Commanding() request: CommandRequest,
  ): Promise<Answer> {
    const seat = {
      validFrom: when(validFrom),
      ...optionally('validUntil', validUntil),
      ...(cases ? { cases: cases.map((id) => asId<'Case'>(id)) } : {}),
    };
    const outcome: Outcome<MemberAppointed> = await this.commands.execute(
      new AppointMemberCommand(commission, mandate, seat, request),
    );
    return answer(outcome, () => ({}));
  }
}
