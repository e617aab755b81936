import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Outcome } from '#event-store';
import {
  answer,
  Answer,
  Callers,
  Commanding,
  IdParam,
  Recording,
  Text,
  When,
  when,
  type CommandRequest,
} from '#http';
import type { DeferralEvent, DeferralId } from '#person';
import { ReviewDeferralCommand } from './review-deferral.handler.js';

export class ReviewDeferralRequest {
  @Text(2000, { description: 'Why it still has to stand.' }) reason!: string;
  @When({ description: 'Last day by which it is looked at again: at most six months.' }) reviewBy!: string;
}

@Controller('v1/deferrals/:deferral/reviews')
export class ReviewDeferralController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording('A deferral was looked at again and still has to stand: why, and until when.')
  @Callers('mandate', 'client')
  async review(
    @IdParam('deferral') deferral: DeferralId,
    @Body() { reason, reviewBy }: ReviewDeferralRequest,
    @Commanding() request: CommandRequest,
  ): Promise<Answer> {
    const outcome: Outcome<DeferralEvent> = await this.commands.execute(
      new ReviewDeferralCommand(deferral, { reason, reviewBy: when(reviewBy) }, request),
    );
    return answer(outcome, () => ({}));
  }
}
