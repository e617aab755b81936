import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty } from '@nestjs/swagger';
import { Ledger } from '#event-store';
import type { Actor } from '#decider';
import { Directory } from '#directory';
import { CallerOf, Callers, notFound, PersonParam } from '#http';
import { Deferrals, holderKey, personFold, personStream, withPlaced, type PersonId } from '#person';
import { isErasing } from './erasures.js';

export class ErasureNotice {
  @ApiProperty({ format: 'uuid' }) notice!: string;
  @ApiProperty({ description: 'Whom it is for.' }) to!: string;
  @ApiProperty({ enum: ['acknowledge', 'purge'] }) asks!: string;
  @ApiProperty({ enum: ['open', 'acknowledged', 'contested', 'closed', 'purged'] }) state!: string;
  @ApiProperty({ type: [String] }) items!: string[];
  @ApiProperty({ type: [String] }) disclosures!: string[];
}

export class PendingErasure {
  @ApiProperty({ format: 'uuid' }) request!: string;
  @ApiProperty({ format: 'date-time' }) requestedAt!: string;
  @ApiProperty({ type: [ErasureNotice] }) notices!: ErasureNotice[];
}

@Controller('v1/persons/:person/erasure')
export class PendingErasureController {
  constructor(
    private readonly ledger: Ledger,
    private readonly deferrals: Deferrals,
    private readonly directory: Directory,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'The notices of an erasure that was requested: all that can still be read of the person.',
  })
  @ApiOkResponse({ type: PendingErasure })
  @Callers('mandate', 'client')
  async pending(@PersonParam() person: PersonId, @CallerOf() caller: Actor): Promise<PendingErasure> {
    const { state } = await this.ledger.load(personStream(person), personFold);
    if (!isErasing(state)) throw notFound();
    const { request, at } = state.erasureRequested;
    const institution = caller.kind === 'mandate' ? await this.directory.institutionOf(caller.id) : undefined;
    const seen = withPlaced(state, await this.deferrals.placedFor({ caller, institution }, person));
    const notices = [...seen.notices.values()].map((notice) => ({
      notice: notice.notice,
      to: holderKey(notice.to),
      asks: notice.asks,
      state: notice.state,
      items: [...notice.items],
      disclosures: [...notice.disclosures],
    }));
    return { request, requestedAt: at, notices };
  }
}
