import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store';
import { Recorder, type CommandRequest } from '#http';
import { Deferrals, type DeferralEvent, type DeferralId } from '#person';
import { DeferralDesk } from '../deferral-desk.query.js';
import { endDeferral } from './end-deferral.js';
import { Revealer } from './revealer.handler.js';

export class EndDeferralCommand {
  constructor(
    readonly deferral: DeferralId,
    readonly reason: string,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(EndDeferralCommand)
export class EndDeferralHandler implements ICommandHandler<EndDeferralCommand> {
  private readonly revealer: Revealer;

  constructor(
    private readonly desk: DeferralDesk,
    recorder: Recorder,
    deferrals: Deferrals,
  ) {
    this.revealer = new Revealer(recorder.ledger, deferrals);
  }

  /** Answers once the person can see it. */
  async execute({ deferral, reason, request }: EndDeferralCommand): Promise<Outcome<DeferralEvent>> {
    const outcome = await this.desk.decide(deferral, request, (known, facts) =>
      endDeferral(known, reason, facts),
    );
    if (outcome.kind !== 'recorded') return outcome;
    const revealed = await Promise.all(outcome.events.map((event) => this.revealer.react(event)));
    const position = Math.max(outcome.position, ...revealed.map((at) => at ?? 0));
    return { ...outcome, position };
  }
}
