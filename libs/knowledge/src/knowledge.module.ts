import { Module } from '@nestjs/common';
import { ConsentsController, ConsentsHandler } from './consents/consents.query.js';
import { ConsultationsController, ConsultationsHandler } from './consultations/consultations.query.js';
import { CoverageController, CoverageHandler } from './coverage/coverage.query.js';
import { DeferralsController, DeferralsHandler } from './deferrals/deferrals.query.js';
import { DutiesController, DutiesHandler } from './duties/duties.query.js';
import { PersonDutiesController, PersonDutiesHandler } from './duties/person-duties.query.js';
import { FindingsController, FindingsHandler } from './findings/findings.query.js';
import { TreatFindingController } from './findings/treat-finding/treat-finding.controller.js';
import { TreatFindingHandler } from './findings/treat-finding/treat-finding.handler.js';
import { RegisterController, RegisterHandler } from './register/register.query.js';
import { TimelineController, TimelineHandler } from './timeline/timeline.query.js';
import { TrailController, TrailHandler } from './trail/trail.query.js';
import { WhoKnowsController, WhoKnowsHandler } from './who-knows/who-knows.query.js';

@Module({
  controllers: [
    WhoKnowsController,
    TrailController,
    TimelineController,
    ConsentsController,
    RegisterController,
    CoverageController,
    ConsultationsController,
    DeferralsController,
    DutiesController,
    PersonDutiesController,
    FindingsController,
    TreatFindingController,
  ],
  providers: [
    WhoKnowsHandler,
    TrailHandler,
    TimelineHandler,
    ConsentsHandler,
    RegisterHandler,
    CoverageHandler,
    ConsultationsHandler,
    DeferralsHandler,
    DutiesHandler,
    PersonDutiesHandler,
    FindingsHandler,
    TreatFindingHandler,
  ],
})
export class KnowledgeModule {}
