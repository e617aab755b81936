import { Module } from '@nestjs/common';
import { Intentions } from '#disclosure';
import { DeferInformationController } from './defer-information/defer-information.controller.js';
import { DeferInformationHandler } from './defer-information/defer-information.handler.js';
import { DeferralDesk } from './deferral-desk.query.js';
import { EndDeferralController } from './end-deferral/end-deferral.controller.js';
import { EndDeferralHandler } from './end-deferral/end-deferral.handler.js';
import { LookAtDeferralController } from './look-at-deferral/look-at-deferral.controller.js';
import { ReviewDeferralController } from './review-deferral/review-deferral.controller.js';
import { ReviewDeferralHandler } from './review-deferral/review-deferral.handler.js';

/** Asks for `Ledger`, `Recorder`, `PersonDesk`, `Deferrals`, `Directory` and `Commissions` from whoever composes it. */
@Module({
  controllers: [
    DeferInformationController,
    ReviewDeferralController,
    EndDeferralController,
    LookAtDeferralController,
  ],
  providers: [Intentions, DeferralDesk, DeferInformationHandler, ReviewDeferralHandler, EndDeferralHandler],
})
export class DeferralModule {}
