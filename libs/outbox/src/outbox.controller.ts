import { Controller, Get, HttpCode, HttpStatus, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiProperty } from '@nestjs/swagger';
import { Callers, IdParam, notFound, Uuid, WholeNumber } from '#http';
import { instantOf } from '#time';
import type { Delivery, DeliveryId } from './deliveries.js';
import { Outbox } from './outbox.js';

const PAGE = 100;

export class OutboxRequest {
  @Uuid({ optional: true, description: '`next` of the page before.' }) cursor?: string;
  @WholeNumber(1, 500, { optional: true }) limit?: number;
}

class DeliveryAnswer {
  @ApiProperty({ format: 'uuid' }) delivery!: string;
  @ApiProperty({ format: 'uuid' }) notice!: string;
  @ApiProperty({ format: 'uuid' }) institution!: string;
  @ApiProperty({ enum: ['pending', 'dead', 'stopped'] }) state!: string;
  @ApiProperty({ description: 'Tries since it was queued, or was told to begin anew.' }) attempts!: number;
  @ApiProperty({ format: 'date-time' }) queuedAt!: string;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Null once nothing is tried any more, or while its institution has no webhook.',
  })
  nextTry!: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    description: '`no-webhook`, `timeout`, `unreachable`, `redirect`, `gone`, `http-<status>`',
  })
  lastError!: string | null;
}

class OutboxAnswer {
  @ApiProperty({ type: [DeliveryAnswer] }) rows!: DeliveryAnswer[];
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Cursor of the next page.' })
  next!: string | null;
}

/** Notices on their way: what waits, and what nobody took. */
@Controller('v1/outbox')
export class OutboxController {
  constructor(private readonly outbox: Outbox) {}

  @Get()
  @ApiOperation({
    summary: 'Open notices that have not reached their institution: pending and dead letters.',
  })
  @ApiOkResponse({ type: OutboxAnswer })
  @Callers('client')
  list(@Query() { cursor = '', limit = PAGE }: OutboxRequest): OutboxAnswer {
    const found = this.outbox.undelivered(cursor, limit + 1);
    const rows = found.slice(0, limit).map(view);
    return { rows, next: found.length > limit ? rows.at(-1)!.delivery : null };
  }

  @Post(':delivery/retry')
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiOperation({ summary: 'Try a delivery now, and begin its schedule anew.' })
  @ApiAcceptedResponse({ type: DeliveryAnswer })
  @Callers('client')
  retry(@IdParam('delivery') delivery: DeliveryId): DeliveryAnswer {
    const found = this.outbox.retry(delivery);
    if (!found) throw notFound();
    return view(found);
  }
}

function view({ person: _, queuedMs, nextTryMs, ...delivery }: Delivery): DeliveryAnswer {
  return {
    ...delivery,
    queuedAt: instantOf(queuedMs),
    nextTry: nextTryMs === null ? null : instantOf(nextTryMs),
  };
}
