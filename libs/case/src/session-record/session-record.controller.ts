import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { CommissionId, SessionId } from '#commission';
import type { Actor } from '#decider';
import { CallerOf, Callers, IdParam } from '#http';
import { SessionQuestionRequest } from '../session-question.request.js';
import type { HeldSession } from './held.js';
import { SessionAnswer } from './session-answer.controller.js';
import { SessionRecordQuery } from './session-record.query.js';

@Controller('v1/commissions/:commission/sessions/:session')
export class SessionRecordController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({
    summary:
      'A session as it was held: who was present, what was tabled to whom, what it came to, who has still to attest.',
  })
  @ApiOkResponse({ type: SessionAnswer })
  @Callers('mandate', 'client')
  show(
    @IdParam('commission') commission: CommissionId,
    @IdParam('session') session: SessionId,
    @Query() asked: SessionQuestionRequest,
    @CallerOf() caller: Actor,
  ): Promise<HeldSession> {
    return this.queries.execute(new SessionRecordQuery({ commission, session }, asked, caller));
  }
}
