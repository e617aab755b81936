import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import type { CaseId, CommissionId, SessionId } from '#commission';
import type { Recorded } from '#decider';
import {
  CHANNELS,
  declaredIn,
  disclosureIn,
  ExceptionRequest,
  isRefusal,
  recordDisclosure,
  WithheldRequest,
} from '#disclosure';
import type { Outcome } from '#event-store';
import {
  answer,
  Answer,
  Callers,
  Commanding,
  Flag,
  IdParam,
  OneOf,
  Part,
  Parts,
  problem,
  Recording,
  Uuid,
  type CommandRequest,
} from '#http';
import type { Channel, DisclosureRefused } from '#person';
import type { LeftOut } from '../leave-out.js';
import { TableReportCommand, type Tabling } from './table-report.handler.js';

export class TableReportRequest {
  @OneOf(CHANNELS, { optional: true, description: 'Left out: oral.' }) channel?: Channel;
  @Flag({ optional: true, description: 'Take out what is denied, instead of being refused.' })
  leaveOut?: boolean;
  @Uuid({ optional: true, description: 'The mandate that decides where a human decision is asked for.' })
  escalateTo?: string;
  @Part(() => ExceptionRequest, { optional: true }) exception?: ExceptionRequest;
  @Parts(() => WithheldRequest, { optional: true, description: 'What is essential and not shared (C6).' })
  withheld?: WithheldRequest[];
}

class TablingAnswer extends Answer {
  @ApiProperty({ format: 'uuid', nullable: true, description: 'Null: everybody there had been told.' })
  disclosure!: string | null;
  @ApiProperty({ nullable: true, enum: ['allow', 'allow-with-duties', 'escalate'] }) verdict!: string | null;
  @ApiProperty({ type: [Object], description: 'What follows from it: who owes what, by when.' })
  duties!: readonly object[];
  @ApiProperty({ type: Object, description: 'What was denied and therefore not tabled, and to whom.' })
  leftOut!: LeftOut;
}

type Result = Extract<ReturnType<typeof recordDisclosure>, { kind: 'accepted' }>['events'][number];

@Controller('v1/commissions/:commission/sessions/:session/agenda/:case/tabling')
export class TableReportController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording(
    'Table the report of a case: one disclosure, judged by the nine points, to those present for it and to nobody else.',
    TablingAnswer,
  )
  @Callers('mandate', 'client')
  async table(
    @IdParam('commission') commission: CommissionId,
    @IdParam('session') session: SessionId,
    @IdParam('case') id: CaseId,
    @Body() body: TableReportRequest,
    @Commanding() request: CommandRequest,
  ): Promise<TablingAnswer> {
    const outcome: Outcome<Result> = await this.commands.execute(
      new TableReportCommand({ commission, session, case: id }, tablingIn(body), request),
    );
    const answered = answer(outcome, tabledIn);
    const refusal = outcome.kind === 'recorded' ? outcome.events.find(isRefusal) : undefined;
    if (refusal) throw refused(refusal, answered);
    return answered;
  }
}

function tablingIn({
  channel = 'oral',
  leaveOut = false,
  escalateTo,
  ...declared
}: TableReportRequest): Tabling {
  return { channel, leaveOut, declared: declaredIn(declared), ...(escalateTo ? { escalateTo } : {}) };
}

const NOTHING: LeftOut = { items: [], recipients: [] };

/** From the events alone, so that a repeated command is told the same. */
function tabledIn(events: readonly Recorded<Result>[]) {
  if (events.length === 0) return { disclosure: null, verdict: null, duties: [], leftOut: NOTHING };
  const assessed = events.find((event) => event.type === 'DisclosureAssessed');
  const leftOut =
    assessed?.type === 'DisclosureAssessed' ? (assessed.data.declared.leftOut ?? NOTHING) : NOTHING;
  return { ...disclosureIn(events), leftOut };
}

/** Told as a problem, since nothing was tabled; the refusal itself is on record. */
function refused({ data }: Recorded<DisclosureRefused>, answered: TablingAnswer) {
  const detail = data.reasons.map((reason) => reason.en).join(' ');
  const remedy =
    'The preparation of the session names what is denied to whom and what would make it pass; leaveOut tables the rest. The refusal was recorded.';
  const { reasons } = data;
  const { disclosure, events, revision, position, repeated } = answered;
  return problem(422, 'disclosure-refused', detail, remedy, {
    reasons,
    disclosure,
    events,
    revision,
    position,
    repeated,
  });
}
