import { ApiProperty } from '@nestjs/swagger';
import type { CaseId, CommissionId, SessionId } from '#commission';
import type { Effective } from '#decider';
import { ProfessionalAnswer } from '../people.query.js';
import { ItemAnswer } from '../prepare-session/preparation-answer.controller.js';
import type { ItemView, ProfessionalView } from '../views.js';
import type { ConclusionView, HeardCase, HeardView, HeldSession } from './held.js';

class HeardAnswer implements HeardView {
  @ApiProperty({ type: ProfessionalAnswer }) member!: ProfessionalView;
  @ApiProperty({ type: [ItemAnswer] }) items!: readonly ItemView[];
}

class ConclusionAnswer implements ConclusionView {
  @ApiProperty({ enum: ['opinion', 'decision'] }) kind!: 'opinion' | 'decision';
  @ApiProperty() label!: string;
  @ApiProperty({ required: false }) levers?: string;
  @ApiProperty({ required: false }) accompaniment?: string;
  @ApiProperty({ required: false }) cooperation?: string;
  @ApiProperty({ type: Object }) on!: Effective;
}

class HeardCaseAnswer implements HeardCase {
  @ApiProperty({ type: String, format: 'uuid' }) case!: CaseId;
  @ApiProperty({ format: 'uuid' }) person!: string;
  @ApiProperty() personName!: string;
  @ApiProperty() question!: string;
  @ApiProperty({ type: ProfessionalAnswer }) reporter!: ProfessionalView;
  @ApiProperty({ type: [ProfessionalAnswer] }) present!: readonly ProfessionalView[];
  @ApiProperty({ type: [ProfessionalAnswer] }) guests!: readonly ProfessionalView[];
  @ApiProperty({ type: [HeardAnswer], description: 'What was tabled to whom, as far as the caller may see.' })
  tabled!: readonly HeardView[];
  @ApiProperty({ type: [ConclusionAnswer] }) conclusions!: readonly ConclusionView[];
  @ApiProperty({ type: [HeardAnswer], description: 'Who has still to attest the destruction of what.' })
  toAttest!: readonly HeardView[];
}

export class SessionAnswer implements HeldSession {
  @ApiProperty({ type: String, format: 'uuid' }) commission!: CommissionId;
  @ApiProperty() name!: string;
  @ApiProperty() kind!: string;
  @ApiProperty() purpose!: string;
  @ApiProperty() regime!: string;
  @ApiProperty({ type: String, format: 'uuid' }) session!: SessionId;
  @ApiProperty({ type: Object }) on!: Effective;
  @ApiProperty({ type: Object, nullable: true }) closedAt!: Effective | null;
  @ApiProperty({ type: String, nullable: true, description: 'The day by which destruction is attested.' })
  attestBy!: string | null;
  @ApiProperty({ type: [HeardCaseAnswer], description: 'The cases of the agenda that the caller may see.' })
  agenda!: readonly HeardCase[];
}
