import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Outcome } from '#event-store';
import { answer, Answer, Callers, Commanding, IdParam, Recording, Text, type CommandRequest } from '#http';
import type { DeferralEvent, DeferralId } from '#person';
import { EndDeferralCommand } from './end-deferral.handler.js';

export class EndDeferralRequest {
  @Text(2000, { description: 'Why nothing stands against telling the person any more.' }) reason!: string;
}

@Controller('v1/deferrals/:deferral/end')
export class EndDeferralController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording('Nothing stands against telling the person any more: what was deferred is theirs from here on.')
  @Callers('mandate', 'client')
  async end(
    @IdParam('deferral') deferral: DeferralId,
    @Body() { reason }: EndDeferralRequest,
    @Commanding() request: CommandRequest,
  ): Promise<Answer> {
    const outcome: Outcome<DeferralEvent> = await this.commands.execute(
      new EndDeferralCommand(deferral, reason, request),
    );
    return answer(outcome, () => ({}));
  }
}
