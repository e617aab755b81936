import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { asCode, asId } from '#decider';
import type { Outcome } from '#event-store';
import {
  answer,
  Answer,
  Callers,
  CodeField,
  Commanding,
  Recording,
  Text,
  Uuid,
  type CommandRequest,
} from '#http';
import type { CommissionConstituted } from '../commission.events.js';
import { ConstituteCommissionCommand } from './constitute-commission.handler.js';

export class ConstituteCommissionRequest {
  @Text(20, { description: 'As provisions write it.', example: 'CCAPEX' }) kind!: string;
  @Text(200, { example: 'CCAPEX du Vernay' }) name!: string;
  @Uuid({ description: 'The institution that keeps its secretariat.' }) institution!: string;
  @CodeField({ example: 'eviction-prevention' }) purpose!: string;
  @CodeField({ description: 'The provision under which its members share.' }) regime!: string;
}

class CommissionAnswer extends Answer {
  @ApiProperty({ format: 'uuid' }) commission!: string;
}

@Controller('v1/commissions')
export class ConstituteCommissionController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording(
    'Constitute a commission, with its purpose and the legal regime under which it shares.',
    CommissionAnswer,
  )
  @Callers('client')
  async constitute(
    @Body() { kind, name, institution, purpose, regime }: ConstituteCommissionRequest,
    @Commanding() request: CommandRequest,
  ): Promise<CommissionAnswer> {
    const said = {
      kind,
      name,
      institution: asId<'Institution'>(institution),
      purpose: asCode<'Purpose'>(purpose),
      regime: asCode<'Provision'>(regime),
    };
    const outcome: Outcome<CommissionConstituted> = await this.commands.execute(
      new ConstituteCommissionCommand(said, request),
    );
    return answer(outcome, ([event]) => ({ commission: event!.data.commission }));
  }
}
