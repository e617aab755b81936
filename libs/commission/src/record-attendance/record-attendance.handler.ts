import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Directory } from '#directory';
import type { CommandRequest } from '#http';
import type { AttendanceRecorded } from '../commission.events.js';
import type { CommissionId } from '../commission.ids.js';
import { Secretariat } from '../secretariat.query.js';
import { recordAttendance } from './record-attendance.js';

export class RecordAttendanceCommand {
  constructor(
    readonly commission: CommissionId,
    readonly attendance: AttendanceRecorded['data'],
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(RecordAttendanceCommand)
export class RecordAttendanceHandler implements ICommandHandler<RecordAttendanceCommand> {
  constructor(
    private readonly secretariat: Secretariat,
    private readonly directory: Directory,
  ) {}

  execute({ commission, attendance, request }: RecordAttendanceCommand) {
    return this.secretariat.decide(commission, request, async (state, now) => {
      const { present, guests } = attendance;
      const mandates = await this.directory.mandates([...present, ...guests]);
      return recordAttendance(state, { attendance, mandates }, now);
    });
  }
}
