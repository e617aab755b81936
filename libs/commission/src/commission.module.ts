import { Module } from '@nestjs/common';
import { AddAgendaItemController } from './add-agenda-item/add-agenda-item.controller.js';
import { AddAgendaItemHandler } from './add-agenda-item/add-agenda-item.handler.js';
import { AppointMemberController } from './appoint-member/appoint-member.controller.js';
import { AppointMemberHandler } from './appoint-member/appoint-member.handler.js';
import { CloseSessionController } from './close-session/close-session.controller.js';
import { CloseSessionHandler } from './close-session/close-session.handler.js';
import { ConstituteCommissionController } from './constitute-commission/constitute-commission.controller.js';
import { ConstituteCommissionHandler } from './constitute-commission/constitute-commission.handler.js';
import { ConveneSessionController } from './convene-session/convene-session.controller.js';
import { ConveneSessionHandler } from './convene-session/convene-session.handler.js';
import { EndMemberController } from './end-member/end-member.controller.js';
import { EndMemberHandler } from './end-member/end-member.handler.js';
import { RecordAttendanceController } from './record-attendance/record-attendance.controller.js';
import { RecordAttendanceHandler } from './record-attendance/record-attendance.handler.js';
import { ShowCommissionController } from './show-commission/show-commission.controller.js';
import { ShowCommissionHandler } from './show-commission/show-commission.query.js';
import { Secretariat } from './secretariat.query.js';

@Module({
  controllers: [
    ConstituteCommissionController,
    AppointMemberController,
    EndMemberController,
    ConveneSessionController,
    AddAgendaItemController,
    RecordAttendanceController,
    CloseSessionController,
    ShowCommissionController,
  ],
  providers: [
    Secretariat,
    ConstituteCommissionHandler,
    AppointMemberHandler,
    EndMemberHandler,
    ConveneSessionHandler,
    AddAgendaItemHandler,
    RecordAttendanceHandler,
    CloseSessionHandler,
    ShowCommissionHandler,
  ],
  exports: [Secretariat],
})
export class CommissionModule {}
