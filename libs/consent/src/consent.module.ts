import { Module } from '@nestjs/common';
import { AnswerAccessController } from './answer-access/answer-access.controller.js';
import { AnswerAccessHandler } from './answer-access/answer-access.handler.js';
import { AnswerObjectionController } from './answer-objection/answer-objection.controller.js';
import { AnswerObjectionHandler } from './answer-objection/answer-objection.handler.js';
import { GrantConsentController } from './grant-consent/grant-consent.controller.js';
import { GrantConsentHandler } from './grant-consent/grant-consent.handler.js';
import { LiftObjectionController } from './lift-objection/lift-objection.controller.js';
import { LiftObjectionHandler } from './lift-objection/lift-objection.handler.js';
import { RaiseObjectionController } from './raise-objection/raise-objection.controller.js';
import { RaiseObjectionHandler } from './raise-objection/raise-objection.handler.js';
import { RefuseConsentController } from './refuse-consent/refuse-consent.controller.js';
import { RefuseConsentHandler } from './refuse-consent/refuse-consent.handler.js';
import { RequestAccessController } from './request-access/request-access.controller.js';
import { RequestAccessHandler } from './request-access/request-access.handler.js';
import { WithdrawConsentController } from './withdraw-consent/withdraw-consent.controller.js';
import { WithdrawConsentHandler } from './withdraw-consent/withdraw-consent.handler.js';

@Module({
  controllers: [
    GrantConsentController,
    RefuseConsentController,
    WithdrawConsentController,
    RaiseObjectionController,
    AnswerObjectionController,
    LiftObjectionController,
    RequestAccessController,
    AnswerAccessController,
  ],
  providers: [
    GrantConsentHandler,
    RefuseConsentHandler,
    WithdrawConsentHandler,
    RaiseObjectionHandler,
    AnswerObjectionHandler,
    LiftObjectionHandler,
    RequestAccessHandler,
    AnswerAccessHandler,
  ],
})
export class ConsentModule {}
