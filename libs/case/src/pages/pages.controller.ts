import { createHash } from 'node:crypto';
import { Controller, Get, Header, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { Catalogues } from '#catalogue';
import type { CommissionId, SessionId } from '#commission';
import type { Actor } from '#decider';
import { CallerOf, Callers, Commanding, IdParam, type CommandRequest } from '#http';
import type { PreparedSession } from '../prepare-session/prepared.js';
import { PrepareSessionQuery } from '../prepare-session/prepare-session.query.js';
import type { HeldSession } from '../session-record/held.js';
import { SessionRecordQuery } from '../session-record/session-record.query.js';
import { SessionQuestionRequest } from '../session-question.request.js';
import { agendaSheet } from './agenda-sheet.js';
import { closingRecord } from './closing-record.js';
import { STYLE } from './page.js';

const TYPE = 'text/html; charset=utf-8';
/** Nothing but the page's own style: no script can run, nothing is fetched, nothing frames it. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
const PAGE = { content: { 'text/html': { schema: { type: 'string' } } } } as const;

@Controller('v1/commissions/:commission/sessions/:session')
export class PagesController {
  constructor(
    private readonly queries: QueryBus,
    private readonly catalogues: Catalogues,
  ) {}

  @Get('preparation.html')
  @Header('content-type', TYPE)
  @Header('content-security-policy', POLICY)
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'The agenda sheet of a session, to print: for its secretariat.' })
  @ApiOkResponse({ description: 'A page in French.', ...PAGE })
  @Callers('mandate', 'client')
  async agenda(
    @IdParam('commission') commission: CommissionId,
    @IdParam('session') session: SessionId,
    @Query() asked: SessionQuestionRequest,
    @Commanding() request: CommandRequest,
  ): Promise<string> {
    const query = new PrepareSessionQuery({ commission, session }, asked, request);
    const prepared: PreparedSession = await this.queries.execute(query);
    return agendaSheet(prepared, await this.catalogues.current());
  }

  @Get('record.html')
  @Header('content-type', TYPE)
  @Header('content-security-policy', POLICY)
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'The closing record of a session, to print: what is kept of it.' })
  @ApiOkResponse({ description: 'A page in French.', ...PAGE })
  @Callers('mandate', 'client')
  async record(
    @IdParam('commission') commission: CommissionId,
    @IdParam('session') session: SessionId,
    @Query() asked: SessionQuestionRequest,
    @CallerOf() caller: Actor,
  ): Promise<string> {
    const query = new SessionRecordQuery({ commission, session }, asked, caller);
    const record: HeldSession = await this.queries.execute(query);
    return closingRecord(record, await this.catalogues.current());
  }
}
