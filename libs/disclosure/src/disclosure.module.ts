import { Module } from '@nestjs/common';
import { AnswerContestController } from './answer-contest/answer-contest.controller.js';
import { AnswerContestHandler } from './answer-contest/answer-contest.handler.js';
import { AssessDisclosureController } from './assess-disclosure/assess-disclosure.controller.js';
import { AssessDisclosureHandler } from './assess-disclosure/assess-disclosure.handler.js';
import { AttestPurgeController } from './attest-purge/attest-purge.controller.js';
import { AttestPurgeHandler } from './attest-purge/attest-purge.handler.js';
import { ChangeRetentionController } from './change-retention/change-retention.controller.js';
import { ChangeRetentionHandler } from './change-retention/change-retention.handler.js';
import { ContestDisclosureController } from './contest-disclosure/contest-disclosure.controller.js';
import { ContestDisclosureHandler } from './contest-disclosure/contest-disclosure.handler.js';
import { CorrectDisclosureController } from './correct-disclosure/correct-disclosure.controller.js';
import { CorrectDisclosureHandler } from './correct-disclosure/correct-disclosure.handler.js';
import { DecideEscalationController } from './decide-escalation/decide-escalation.controller.js';
import { DecideEscalationHandler } from './decide-escalation/decide-escalation.handler.js';
import { DischargeDutyController } from './discharge-duty/discharge-duty.controller.js';
import { DischargeDutyHandler } from './discharge-duty/discharge-duty.handler.js';
import { Intentions } from './intention.query.js';
import { JustifyNonDisclosureController } from './justify-non-disclosure/justify-non-disclosure.controller.js';
import { JustifyNonDisclosureHandler } from './justify-non-disclosure/justify-non-disclosure.handler.js';
import { ObserveEffectController } from './observe-effect/observe-effect.controller.js';
import { ObserveEffectHandler } from './observe-effect/observe-effect.handler.js';
import { AfterMandates } from './record-disclosure/after-mandate.query.js';
import { RecordDisclosureController } from './record-disclosure/record-disclosure.controller.js';
import { RecordDisclosureHandler } from './record-disclosure/record-disclosure.handler.js';
import { ReplayAssessmentController } from './replay-assessment/replay-assessment.controller.js';
import { ReplayAssessmentHandler } from './replay-assessment/replay-assessment.query.js';
import { ReportDisclosureController } from './report-disclosure/report-disclosure.controller.js';
import { ReportDisclosureHandler } from './report-disclosure/report-disclosure.handler.js';

@Module({
  controllers: [
    AssessDisclosureController,
    RecordDisclosureController,
    ReplayAssessmentController,
    DecideEscalationController,
    ReportDisclosureController,
    CorrectDisclosureController,
    ContestDisclosureController,
    AnswerContestController,
    ObserveEffectController,
    AttestPurgeController,
    ChangeRetentionController,
    JustifyNonDisclosureController,
    DischargeDutyController,
  ],
  providers: [
    Intentions,
    AfterMandates,
    AssessDisclosureHandler,
    RecordDisclosureHandler,
    ReplayAssessmentHandler,
    DecideEscalationHandler,
    ReportDisclosureHandler,
    CorrectDisclosureHandler,
    ContestDisclosureHandler,
    AnswerContestHandler,
    ObserveEffectHandler,
    AttestPurgeHandler,
    ChangeRetentionHandler,
    JustifyNonDisclosureHandler,
    DischargeDutyHandler,
  ],
})
export class DisclosureModule {}
