import { ApiProperty } from '@nestjs/swagger';
import type { Effective } from '#decider';
import type { CommissionData, MemberData } from '../commission.events.js';
import type { CaseId, SessionId } from '../commission.ids.js';

class SeatView implements MemberData {
  @ApiProperty({ type: String, format: 'uuid' }) mandate!: MemberData['mandate'];
  @ApiProperty({ type: String, format: 'uuid' }) institution!: MemberData['institution'];
  @ApiProperty({ type: [String], required: false, description: 'Left out: every case.' })
  cases?: readonly CaseId[];
  @ApiProperty({ type: Object }) validFrom!: Effective;
  @ApiProperty({ type: Object, required: false }) validUntil?: Effective;
}

class ConvenedView {
  @ApiProperty({ type: String, format: 'uuid' }) session!: SessionId;
  @ApiProperty({ type: Object }) on!: Effective;
  @ApiProperty({ type: Object, nullable: true }) closedAt!: Effective | null;
  @ApiProperty({ type: [String], description: 'The cases of its agenda, in their order.' })
  cases!: readonly CaseId[];
}

/** A commission, its seats and its sessions. */
export class CommissionView implements CommissionData {
  @ApiProperty({ type: String, format: 'uuid' }) commission!: CommissionData['commission'];
  @ApiProperty() kind!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ type: String, format: 'uuid' }) institution!: CommissionData['institution'];
  @ApiProperty({ type: String }) purpose!: CommissionData['purpose'];
  @ApiProperty({ type: String }) regime!: CommissionData['regime'];
  @ApiProperty({ type: [SeatView], description: 'Every appointment, ended ones too.' })
  seats!: readonly MemberData[];
  @ApiProperty({ type: [ConvenedView] }) sessions!: readonly ConvenedView[];
}
