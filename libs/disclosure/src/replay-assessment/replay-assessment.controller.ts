import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiProperty } from '@nestjs/swagger';
import type { Assessment } from '#assessment';
import type { Actor } from '#decider';
import { CallerOf, Callers, IdParam, PersonParam } from '#http';
import { ReasonRequest, type DisclosureAssessed, type DisclosureId, type PersonId } from '#person';
import { AssessmentAnswer } from '../assess-disclosure/assessment-answer.controller.js';
import { ReplayAssessmentQuery, type ReplayedAssessment } from './replay-assessment.query.js';
import type { Difference } from './replay-assessment.js';

class DifferenceAnswer implements Difference {
  @ApiProperty({ enum: ['catalogue', 'verdict', 'point', 'duties'] }) what!: Difference['what'];
  @ApiProperty({ required: false, type: Number, description: 'Of a point: which.' }) point?: number;
  @ApiProperty({ type: Object, nullable: true }) recorded!: unknown;
  @ApiProperty({ type: Object, nullable: true }) again!: unknown;
}

export class ReplayAnswer {
  @ApiProperty({ type: Object, description: 'What was kept: points, duties, what it was judged by.' })
  recorded!: DisclosureAssessed['data'];
  @ApiProperty({ type: AssessmentAnswer, description: 'Computed again, from the ledger as of then.' })
  again!: Assessment;
  @ApiProperty() agrees!: boolean;
  @ApiProperty({ type: [DifferenceAnswer] }) differences!: readonly DifferenceAnswer[];
  @ApiProperty({ description: 'Revision of the person’s stream.' }) revision!: number;
  @ApiProperty({ description: 'Position of that stream’s newest event.' }) position!: number;
}

@Controller('v1/persons/:person/disclosures/:disclosure/assessment')
export class ReplayAssessmentController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({
    summary:
      'The assessment of a recorded act, and the same computed again with the catalogue version that it used, from the ledger as it was known then; for the discloser’s side.',
  })
  @ApiOkResponse({ type: ReplayAnswer })
  @Callers('mandate', 'client')
  async replay(
    @PersonParam() person: PersonId,
    @IdParam('disclosure') disclosure: DisclosureId,
    @Query() request: ReasonRequest,
    @CallerOf() caller: Actor,
  ): Promise<ReplayAnswer> {
    const { kept, replay, revision, position }: ReplayedAssessment = await this.queries.execute(
      new ReplayAssessmentQuery(person, disclosure, request, caller),
    );
    const { again, differences } = replay;
    return { recorded: kept, again, agrees: differences.length === 0, differences, revision, position };
  }
}
