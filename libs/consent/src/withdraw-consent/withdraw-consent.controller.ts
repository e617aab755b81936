import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Outcome } from '#event-store';
import {
  Recording,
  answer,
  Answer,
  Callers,
  Commanding,
  IdParam,
  OneOf,
  optionally,
  Part,
  PersonParam,
  When,
  type CommandRequest,
} from '#http';
import {
  MEANS,
  ScopeRequest,
  speakerOf,
  SpeakerRequest,
  type ConsentId,
  type ConsentWithdrawn,
  type Means,
  type PersonId,
} from '#person';
import { WithdrawConsentCommand, type WithdrawalSaid } from './withdraw-consent.handler.js';

export class WithdrawConsentRequest {
  @Part(() => ScopeRequest, { optional: true, description: 'What is taken back; left out: all of it.' })
  excluded?: ScopeRequest;
  @Part(() => SpeakerRequest, { optional: true, description: 'Left out: the person.' }) by?: SpeakerRequest;
  @OneOf(MEANS) means!: Means;
  @When({ optional: true, description: 'When it was said; left out: now.' }) effectiveAt?: string;
}

@Controller('v1/persons/:person/consents/:consent/withdrawals')
export class WithdrawConsentController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording('Take a consent back, whole or in part: what rests on it has no basis from then on.')
  @Callers('mandate', 'person', 'client')
  async withdraw(
    @PersonParam() person: PersonId,
    @IdParam('consent') consent: ConsentId,
    @Body() body: WithdrawConsentRequest,
    @Commanding() request: CommandRequest,
  ): Promise<Answer> {
    const said: WithdrawalSaid = {
      consent,
      excluded: body.excluded ?? {},
      by: speakerOf(body.by),
      means: body.means,
      ...optionally('effectiveAt', body.effectiveAt),
    };
    const outcome: Outcome<ConsentWithdrawn> = await this.commands.execute(
      new WithdrawConsentCommand(person, said, request),
    );
    return answer(outcome, () => ({}));
  }
}
