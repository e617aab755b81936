import { Module } from '@nestjs/common';
import { CommissionModule } from '#commission';
import { ConcludeCaseController } from './conclude-case/conclude-case.controller.js';
import { ConcludeCaseHandler } from './conclude-case/conclude-case.handler.js';
import { ReferCaseController } from './refer-case/refer-case.controller.js';
import { ReferCaseHandler } from './refer-case/refer-case.handler.js';

@Module({
  imports: [CommissionModule],
  controllers: [ReferCaseController, ConcludeCaseController],
  providers: [ReferCaseHandler, ConcludeCaseHandler],
})
export class CaseModule {}
