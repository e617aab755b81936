import { Module } from '@nestjs/common';
import { EndMandateController } from './end-mandate/end-mandate.controller.js';
import { EndMandateHandler } from './end-mandate/end-mandate.handler.js';
import { GiveMandateController } from './give-mandate/give-mandate.controller.js';
import { GiveMandateHandler } from './give-mandate/give-mandate.handler.js';
import { RegisterActorController } from './register-actor/register-actor.controller.js';
import { RegisterActorHandler } from './register-actor/register-actor.handler.js';
import { RegisterInstitutionController } from './register-institution/register-institution.controller.js';
import { RegisterInstitutionHandler } from './register-institution/register-institution.handler.js';
import { ReportSourceController } from './report-source/report-source.controller.js';
import { ReportSourceHandler } from './report-source/report-source.handler.js';
import { ReviseInstitutionController } from './revise-institution/revise-institution.controller.js';
import { ReviseInstitutionHandler } from './revise-institution/revise-institution.handler.js';

@Module({
  controllers: [
    RegisterInstitutionController,
    ReviseInstitutionController,
    RegisterActorController,
    GiveMandateController,
    EndMandateController,
    ReportSourceController,
  ],
  providers: [
    RegisterInstitutionHandler,
    ReviseInstitutionHandler,
    RegisterActorHandler,
    GiveMandateHandler,
    EndMandateHandler,
    ReportSourceHandler,
  ],
})
export class DirectoryModule {}
