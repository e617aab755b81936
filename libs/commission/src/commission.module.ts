import { Module } from '@nestjs/common';
import { AppointMemberController } from './appoint-member/appoint-member.controller.js';
import { AppointMemberHandler } from './appoint-member/appoint-member.handler.js';
import { ConstituteCommissionController } from './constitute-commission/constitute-commission.controller.js';
import { ConstituteCommissionHandler } from './constitute-commission/constitute-commission.handler.js';
import { EndMemberController } from './end-member/end-member.controller.js';
import { EndMemberHandler } from './end-member/end-member.handler.js';

@Module({
  controllers: [ConstituteCommissionController, AppointMemberController, EndMemberController],
  providers: [ConstituteCommissionHandler, AppointMemberHandler, EndMemberHandler],
})
export class CommissionModule {}
