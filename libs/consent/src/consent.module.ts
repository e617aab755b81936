import { Module } from '@nestjs/common';
import { GrantConsentController } from './grant-consent/grant-consent.controller.js';
import { GrantConsentHandler } from './grant-consent/grant-consent.handler.js';

@Module({
  controllers: [GrantConsentController],
  providers: [GrantConsentHandler],
})
export class ConsentModule {}
