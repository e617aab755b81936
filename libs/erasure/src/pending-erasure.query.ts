import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Ledger } from '#event-store';
import type { Actor } from '#decider';
import { Directory } from '#directory';
import { CallerOf, Callers, notFound, PersonParam } from '#http';
import { Deferrals, holderKey, personFold, personStream, withPlaced, type PersonId } from '#person';
import { Sealing } from '#sealing';
import { answerBy } from './complete-erasure/complete-erasure.js';
import { progressOf, type Progress } from './complete-erasure/progress.handler.js';
import { isErasing, openNotices } from './erasures.js';

export class ErasureNotice {
  @ApiProperty({ format: 'uuid' }) notice!: string;
  @ApiProperty({ description: 'Whom it is for.' }) to!: string;
  @ApiProperty({ enum: ['acknowledge', 'purge'] }) asks!: string;
  @ApiProperty({ enum: ['open', 'acknowledged', 'contested', 'closed', 'purged'] }) state!: string;
  @ApiProperty({ type: [String] }) items!: string[];
  @ApiProperty({ type: [String] }) disclosures!: string[];
}

const STATES = ['requested', 'waiting-for-holders', 'closing', 'pending-scavenge', 'complete'] as const;

export class PendingErasure {
  @ApiProperty({
    enum: STATES,
    description:
      'requested: nothing stands against its completion; waiting-for-holders: until the notices have ended, or `answerBy`; closing: completion has begun, repeat it; pending-scavenge: key and events are gone, see `waitsFor`; complete: its labels are named. From closing on told to clients alone.',
  })
  state!: (typeof STATES)[number];
  @ApiPropertyOptional({ format: 'uuid' }) request?: string;
  @ApiPropertyOptional({ format: 'date-time' }) requestedAt?: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'Completion waits for answers until then.' })
  answerBy?: string;
  @ApiPropertyOptional({ format: 'date-time' }) closedAt?: string;
  @ApiPropertyOptional({ enum: ['cached-keys', 'scavenge'] }) waitsFor?: string;
  @ApiPropertyOptional({ description: 'Other nodes may hold the key for so many seconds more.' })
  retryAfterS?: number;
  @ApiPropertyOptional({ format: 'date-time' }) completedAt?: string;
  @ApiProperty({ type: [ErasureNotice] }) notices!: ErasureNotice[];
}

@Controller('v1/persons/:person/erasure')
export class PendingErasureController {
  constructor(
    private readonly ledger: Ledger,
    private readonly sealing: Sealing,
    private readonly deferrals: Deferrals,
    private readonly directory: Directory,
  ) {}

  @Get()
  @ApiOperation({
    summary:
      'How far an erasure is, and its notices: all that can still be read of the person. Once it began, clients alone are told.',
  })
  @ApiOkResponse({ type: PendingErasure })
  @Callers('mandate', 'client')
  async pending(@PersonParam() person: PersonId, @CallerOf() caller: Actor): Promise<PendingErasure> {
    const progress = await progressOf(this.ledger, this.sealing, person);
    if (progress && caller.kind !== 'client') throw notFound();
    if (progress) return { ...told(progress), notices: [] };
    const { state } = await this.ledger.load(personStream(person), personFold);
    if (!isErasing(state)) throw notFound();
    const { request, at } = state.erasureRequested;
    const institution = caller.kind === 'mandate' ? await this.directory.institutionOf(caller.id) : undefined;
    // What the caller does not see, deferred as it may be, is not told by the state either.
    const seen = withPlaced(state, await this.deferrals.placedFor({ caller, institution }, person));
    const by = answerBy(state);
    const isWaiting = openNotices(seen) > 0 && this.ledger.clock.now() < by;
    const notices = [...seen.notices.values()].map((notice) => ({
      notice: notice.notice,
      to: holderKey(notice.to),
      asks: notice.asks,
      state: notice.state,
      items: [...notice.items],
      disclosures: [...notice.disclosures],
    }));
    return {
      state: isWaiting ? 'waiting-for-holders' : 'requested',
      request,
      requestedAt: at,
      answerBy: by,
      notices,
    };
  }
}

function told(progress: Progress): Omit<PendingErasure, 'notices'> {
  if (progress.state !== 'pending-scavenge') return progress;
  const { state, waits } = progress;
  return {
    state,
    waitsFor: waits.for,
    ...(waits.forMs > 0 && { retryAfterS: Math.ceil(waits.forMs / 1000) }),
  };
}
