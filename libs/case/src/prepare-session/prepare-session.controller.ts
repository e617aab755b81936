import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { CommissionId, SessionId } from '#commission';
import { Callers, Commanding, IdParam, type CommandRequest } from '#http';
import { SessionQuestionRequest } from '../session-question.request.js';
import { PreparationAnswer } from './preparation-answer.controller.js';
import type { PreparedSession } from './prepared.js';
import { PrepareSessionQuery } from './prepare-session.query.js';

@Controller('v1/commissions/:commission/sessions/:session')
export class PrepareSessionController {
  constructor(private readonly queries: QueryBus) {}

  @Get('preparation')
  @ApiOperation({
    summary:
      'Prepare a session: the nine points of every item for every expected member, and what is still missing. For the secretariat.',
  })
  @ApiOkResponse({ type: PreparationAnswer })
  @Callers('mandate', 'client')
  prepare(
    @IdParam('commission') commission: CommissionId,
    @IdParam('session') session: SessionId,
    @Query() asked: SessionQuestionRequest,
    @Commanding() request: CommandRequest,
  ): Promise<PreparedSession> {
    return this.queries.execute(new PrepareSessionQuery({ commission, session }, asked, request));
  }
}
