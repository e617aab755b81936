import { Module } from '@nestjs/common';
import { CompleteErasureController } from './complete-erasure/complete-erasure.controller.js';
import { LiftLegalHoldController } from './lift-legal-hold/lift-legal-hold.controller.js';
import { LiftLegalHoldHandler } from './lift-legal-hold/lift-legal-hold.handler.js';
import { PendingErasureController } from './pending-erasure.query.js';
import { PlaceLegalHoldController } from './place-legal-hold/place-legal-hold.controller.js';
import { PlaceLegalHoldHandler } from './place-legal-hold/place-legal-hold.handler.js';
import { RequestErasureController } from './request-erasure/request-erasure.controller.js';
import { RequestErasureHandler } from './request-erasure/request-erasure.handler.js';

/** Asks for `Eraser`, `Ledger`, `PersonDesk` and `Recorder` from whoever composes it. */
@Module({
  controllers: [
    PlaceLegalHoldController,
    LiftLegalHoldController,
    RequestErasureController,
    PendingErasureController,
    CompleteErasureController,
  ],
  providers: [PlaceLegalHoldHandler, LiftLegalHoldHandler, RequestErasureHandler],
})
export class ErasureModule {}
