import { Module } from '@nestjs/common';
import { CommissionModule } from '#commission';
import { Intentions } from '#disclosure';
import { ConcludeCaseController } from './conclude-case/conclude-case.controller.js';
import { ConcludeCaseHandler } from './conclude-case/conclude-case.handler.js';
import { Hearings } from './hearing.query.js';
import { PagesController } from './pages/pages.controller.js';
import { People } from './people.query.js';
import { PrepareSessionController } from './prepare-session/prepare-session.controller.js';
import { PrepareSessionHandler } from './prepare-session/prepare-session.query.js';
import { ReferCaseController } from './refer-case/refer-case.controller.js';
import { ReferCaseHandler } from './refer-case/refer-case.handler.js';
import { SessionRecordController } from './session-record/session-record.controller.js';
import { SessionRecordHandler } from './session-record/session-record.query.js';
import { TableReportController } from './table-report/table-report.controller.js';
import { TableReportHandler } from './table-report/table-report.handler.js';

@Module({
  imports: [CommissionModule],
  controllers: [
    ReferCaseController,
    PrepareSessionController,
    TableReportController,
    ConcludeCaseController,
    SessionRecordController,
    PagesController,
  ],
  providers: [
    Intentions,
    Hearings,
    People,
    ReferCaseHandler,
    PrepareSessionHandler,
    TableReportHandler,
    ConcludeCaseHandler,
    SessionRecordHandler,
  ],
})
export class CaseModule {}
