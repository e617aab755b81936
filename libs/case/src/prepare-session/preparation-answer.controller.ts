import { ApiProperty } from '@nestjs/swagger';
import { STATES, type Assessment } from '#assessment';
import type { CaseId, CommissionId, SessionId } from '#commission';
import type { Effective } from '#decider';
import { AssessmentAnswer } from '#disclosure';
import { ProfessionalAnswer } from '../people.query.js';
import type { ItemView, ProfessionalView } from '../views.js';
import type { Barred, Gap, Preparation } from './preparation.js';
import type { PreparedCase, PreparedSession, ReportView } from './prepared.js';

const VERDICTS = ['allow', 'allow-with-duties', 'escalate', 'deny'];

export class ItemAnswer implements ItemView {
  @ApiProperty({ type: String, format: 'uuid' }) item!: ItemView['item'];
  @ApiProperty({ type: String, nullable: true }) label!: string | null;
  @ApiProperty({ type: String, nullable: true }) category!: string | null;
}

class ReportAnswer implements ReportView {
  @ApiProperty({ type: ProfessionalAnswer }) author!: ProfessionalView;
  @ApiProperty({ type: Object }) date!: Effective;
  @ApiProperty() diagnosisSources!: string;
  @ApiProperty() criteria!: string;
  @ApiProperty({ required: false }) knownToPerson?: boolean;
}

class GapAnswer {
  @ApiProperty() rule!: string;
  @ApiProperty({ minimum: 1, maximum: 9, type: Number }) point!: Gap['point'];
  @ApiProperty({ enum: STATES }) state!: Gap['state'];
  @ApiProperty({ type: Object }) sentence!: Gap['sentence'];
  @ApiProperty({ type: Object, description: 'What would make it pass.' }) toPass!: Gap['toPass'];
  @ApiProperty({
    type: Object,
    nullable: true,
    description: 'Where the cited text was not read, or is doubted.',
  })
  caution!: Gap['caution'];
  @ApiProperty({ type: [String] }) items!: Gap['items'];
  @ApiProperty({ type: [String], description: '`mandate:<id>`' }) recipients!: Gap['recipients'];
}

class BarredAnswer {
  @ApiProperty({ description: '`mandate:<id>`' }) recipient!: string;
  @ApiProperty({ type: [String] }) items!: Barred['items'];
  @ApiProperty({ type: [Object] }) because!: Barred['because'];
  @ApiProperty({ type: [Object], description: 'Where a cited text was not read, or is doubted.' })
  cautions!: Barred['cautions'];
  @ApiProperty({ type: [Object], description: 'What would make it pass.' }) toPass!: Barred['toPass'];
}

class ToInformAnswer {
  @ApiProperty({ type: [String] }) items!: Preparation['toInform']['items'];
  @ApiProperty({ type: [String] }) recipients!: Preparation['toInform']['recipients'];
}

class ReadinessAnswer implements Preparation {
  @ApiProperty({ enum: VERDICTS }) verdict!: Preparation['verdict'];
  @ApiProperty({ type: [GapAnswer], description: 'What is not in order yet, the gravest first.' })
  missing!: readonly Gap[];
  @ApiProperty({ type: ToInformAnswer, description: 'What the person has yet to be told, and about whom.' })
  toInform!: Preparation['toInform'];
  @ApiProperty({ type: [BarredAnswer], description: 'With whom it cannot be shared, and why.' })
  barred!: readonly Barred[];
}

class PreparedCaseAnswer implements PreparedCase {
  @ApiProperty({ type: String, format: 'uuid' }) case!: CaseId;
  @ApiProperty({ format: 'uuid' }) person!: string;
  @ApiProperty() personName!: string;
  @ApiProperty() question!: string;
  @ApiProperty() whyCollective!: string;
  @ApiProperty({ type: ProfessionalAnswer }) reporter!: ProfessionalView;
  @ApiProperty({ type: ReportAnswer, nullable: true }) report!: ReportView | null;
  @ApiProperty({ type: [ItemAnswer] }) items!: readonly ItemView[];
  @ApiProperty({ type: [ProfessionalAnswer], description: 'Members whose seat covers the case on that day.' })
  expected!: readonly ProfessionalView[];
  @ApiProperty({ type: ReadinessAnswer, nullable: true, description: 'Null: nobody is expected.' })
  preparation!: Preparation | null;
  @ApiProperty({ type: AssessmentAnswer, nullable: true, description: 'The nine points behind it.' })
  assessment!: Assessment | null;
}

/** A session as its secretariat prepares it. */
export class PreparationAnswer implements PreparedSession {
  @ApiProperty({ type: String, format: 'uuid' }) commission!: CommissionId;
  @ApiProperty() name!: string;
  @ApiProperty() kind!: string;
  @ApiProperty() purpose!: string;
  @ApiProperty() regime!: string;
  @ApiProperty({ type: String, format: 'uuid' }) session!: SessionId;
  @ApiProperty({ type: Object }) on!: Effective;
  @ApiProperty({ type: [PreparedCaseAnswer] }) agenda!: readonly PreparedCase[];
}
