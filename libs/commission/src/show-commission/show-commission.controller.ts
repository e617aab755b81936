import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { Actor } from '#decider';
import { CallerOf, Callers, IdParam } from '#http';
import type { CommissionId } from '../commission.ids.js';
import { CommissionView } from './commission-answer.controller.js';
import { ShowCommissionQuery } from './show-commission.query.js';

@Controller('v1/commissions/:commission')
export class ShowCommissionController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({ summary: 'A commission, who sits in it, and its sessions: for its secretariat.' })
  @ApiOkResponse({ type: CommissionView })
  @Callers('mandate', 'client')
  show(@IdParam('commission') commission: CommissionId, @CallerOf() caller: Actor): Promise<CommissionView> {
    return this.queries.execute(new ShowCommissionQuery(commission, caller));
  }
}
