import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandRequest } from '#http';
import type { DeferralId } from '#person';
import { DeferralDesk } from '../deferral-desk.query.js';
import { reviewDeferral, type ReviewDeferral } from './review-deferral.js';

export class ReviewDeferralCommand {
  constructor(
    readonly deferral: DeferralId,
    readonly review: ReviewDeferral,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(ReviewDeferralCommand)
export class ReviewDeferralHandler implements ICommandHandler<ReviewDeferralCommand> {
  constructor(private readonly desk: DeferralDesk) {}

  execute({ deferral, review, request }: ReviewDeferralCommand) {
    return this.desk.decide(deferral, request, (known, facts) => reviewDeferral(known, review, facts));
  }
}
