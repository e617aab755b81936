import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { asId } from '#decider';
import type { Outcome } from '#event-store';
import { answer, Answer, Callers, Commanding, IdParam, Recording, Uuids, type CommandRequest } from '#http';
import type { AttendanceRecorded } from '../commission.events.js';
import type { CaseId, CommissionId, SessionId } from '../commission.ids.js';
import { RecordAttendanceCommand } from './record-attendance.handler.js';

export class RecordAttendanceRequest {
  @Uuids({ description: 'Mandates of the members in the room for this case.' }) present!: string[];
  @Uuids({ optional: true, description: 'Mandates of others who were asked in for it.' }) guests?: string[];
}

@Controller('v1/commissions/:commission/sessions/:session/agenda/:case/attendance')
export class RecordAttendanceController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording('Record who is in the room for one case: the report is tabled to them and to nobody else.')
  @Callers('mandate', 'client')
  async record(
    @IdParam('commission') commission: CommissionId,
    @IdParam('session') session: SessionId,
    @IdParam('case') heard: CaseId,
    @Body() { present, guests = [] }: RecordAttendanceRequest,
    @Commanding() request: CommandRequest,
  ): Promise<Answer> {
    const mandates = (ids: readonly string[]) => ids.map((id) => asId<'Mandate'>(id));
    const attendance = { session, case: heard, present: mandates(present), guests: mandates(guests) };
    const outcome: Outcome<AttendanceRecorded> = await this.commands.execute(
      new RecordAttendanceCommand(commission, attendance, request),
    );
    return answer(outcome, () => ({}));
  }
}
