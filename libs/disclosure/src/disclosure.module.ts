import { Module } from '@nestjs/common';
import { RecordDisclosureController } from './record-disclosure/record-disclosure.controller.js';
import { RecordDisclosureHandler } from './record-disclosure/record-disclosure.handler.js';

@Module({
  controllers: [RecordDisclosureController],
  providers: [RecordDisclosureHandler],
})
export class DisclosureModule {}
