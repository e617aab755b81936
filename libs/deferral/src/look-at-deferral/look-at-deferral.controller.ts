import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty } from '@nestjs/swagger';
import type { Actor, DomainEvent, Effective, Recorded } from '#decider';
import { Directory } from '#directory';
import { Ledger } from '#event-store';
import { CallerOf, Callers, IdParam, notFound, OneOf } from '#http';
import {
  DEFERRAL_GROUND_CODES,
  Deferrals,
  isDisclosersSide,
  lookAtDeferral,
  REASON_CODES,
  type DeferralGround,
  type DeferralId,
  type FoundDeferral,
  type Reason,
} from '#person';

export class LookAtDeferralRequest {
  @OneOf(REASON_CODES, { optional: true, description: 'Needed: the person sees it once they are told.' })
  reason?: Reason;
}

class DeferredEvent {
  @ApiProperty({ format: 'uuid' }) event!: string;
  @ApiProperty() type!: string;
  @ApiProperty({ type: Object }) effectiveAt!: Effective;
  @ApiProperty({ format: 'date-time' }) recordedAt!: string;
  @ApiProperty({ type: Object }) actor!: Actor;
  @ApiProperty({ type: Object, description: 'What the event says.' }) data!: unknown;
}

class DeferralView {
  @ApiProperty({ format: 'uuid' }) deferral!: string;
  @ApiProperty({ format: 'uuid' }) person!: string;
  @ApiProperty({ format: 'uuid', description: 'Answers for it.' }) institution!: string;
  @ApiProperty({ enum: ['open', 'ended'] }) state!: string;
  @ApiProperty({ enum: DEFERRAL_GROUND_CODES }) ground!: DeferralGround;
  @ApiProperty({ type: String, nullable: true, description: 'Null for those who only received.' })
  reason!: string | null;
  @ApiProperty({ type: Object }) since!: Effective;
  @ApiProperty({ type: Object }) reviewBy!: Effective;
  @ApiProperty({ type: Object, nullable: true }) endedAt!: Effective | null;
  @ApiProperty({ type: [DeferredEvent] }) events!: DeferredEvent[];
}

@Controller('v1/deferrals/:deferral')
export class LookAtDeferralController {
  constructor(
    private readonly ledger: Ledger,
    private readonly deferrals: Deferrals,
    private readonly directory: Directory,
  ) {}

  @Get()
  @ApiOperation({
    summary:
      'A deferral with what it covers, for the institutions of its discloser and recipients. That somebody looked stands on its own stream, until the person is told.',
  })
  @ApiOkResponse({ type: DeferralView })
  @Callers('mandate', 'client')
  async look(
    @IdParam('deferral') deferral: DeferralId,
    @Query() request: LookAtDeferralRequest,
    @CallerOf() caller: Actor,
  ): Promise<DeferralView> {
    const institution = caller.kind === 'mandate' ? await this.directory.institutionOf(caller.id) : undefined;
    const found = await this.deferrals.find({ caller, institution }, deferral);
    if (!found) throw notFound();
    const asked = { question: 'deferral', about: deferral };
    await lookAtDeferral(this.ledger, caller, found, request, asked);
    const answers = caller.kind === 'client' || institution === found.deferral.data.institution;
    return viewOf(found, answers);
  }
}

function viewOf({ deferral }: FoundDeferral, answers: boolean): DeferralView {
  const { data, status, since, reviewBy, endedAt, covered } = deferral;
  return {
    deferral: data.deferral,
    person: data.person,
    institution: data.institution,
    state: status,
    ground: data.ground,
    reason: answers ? data.reason : null,
    since,
    reviewBy,
    endedAt: endedAt ?? null,
    events: covered
      .filter(({ type }) => answers || !isDisclosersSide(type))
      .map(eventView)
      .toArray(),
  };
}

function eventView(event: Recorded<DomainEvent>): DeferredEvent {
  const { id, type, effectiveAt, recordedAt, actor, data } = event;
  return { event: id, type, effectiveAt, recordedAt, actor, data };
}
