import { Body, Controller, Put } from '@nestjs/common';
import { Callers, problem, Text } from '#http';
import { ServedLog } from '#log';
import { parseInstant } from '#time';
import { StoryClock } from './story-clock.js';

class StoryClockRequest {
  @Text(40, { example: '2026-01-09T09:00:00+01:00' }) now!: string;
}

/** Exists on demonstration ledgers only. */
@Controller('demo/clock')
export class StoryController {
  constructor(
    private readonly clock: StoryClock,
    private readonly served: ServedLog,
  ) {}

  @Put()
  @Callers('client')
  async set(@Body() { now }: StoryClockRequest) {
    const instant = parseInstant(now);
    if (!instant) {
      const [detail, remedy] = ['This is no instant.', 'Write 2026-01-09T09:00:00+01:00.'];
      throw problem(400, 'invalid-request', detail, remedy, { errors: [{ field: 'now', detail, remedy }] });
    }
    // What was recorded so far is dated by a checkpoint of its own time.
    await this.served.desk.checkpoint();
    this.clock.set(instant);
    return { now: this.clock.now() };
  }
}
