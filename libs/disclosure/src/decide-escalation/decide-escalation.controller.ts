import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Recorded } from '#decider';
import type { Outcome } from '#event-store';
import {
  answer,
  Answer,
  Callers,
  Commanding,
  IdParam,
  OneOf,
  PersonParam,
  Recording,
  Text,
  when,
  When,
  type CommandRequest,
} from '#http';
import type {
  DisclosureAssessed,
  DisclosureId,
  DisclosureRecorded,
  DisclosureRefused,
  EscalationDecided,
  PersonId,
} from '#person';
import { DecideEscalationCommand } from './decide-escalation.handler.js';

export class DecideEscalationRequest {
  @OneOf(['allow', 'deny']) decision!: 'allow' | 'deny';
  @Text(1000, { description: 'Why, in writing.' }) reason!: string;
  @When({ description: 'When it is made known, if it is allowed.' }) effectiveAt!: string;
}

type Result = EscalationDecided | DisclosureRecorded | DisclosureAssessed | DisclosureRefused;

@Controller('v1/persons/:person/disclosures/:disclosure/decision')
export class DecideEscalationController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording('Decide, as the mandate that was named, about a disclosure that waits for a human decision.')
  @Callers('mandate')
  async decide(
    @PersonParam() person: PersonId,
    @IdParam('disclosure') disclosure: DisclosureId,
    @Body() { decision, reason, effectiveAt }: DecideEscalationRequest,
    @Commanding() request: CommandRequest,
  ): Promise<Answer> {
    const decided = { decided: { disclosure, decision, reason }, effectiveAt: when(effectiveAt) };
    const outcome: Outcome<Result> = await this.commands.execute(
      new DecideEscalationCommand(person, decided, request),
    );
    return answer(outcome, (events) => ({ recorded: events.some(isRecorded) }));
  }
}

function isRecorded({ type }: Recorded<Result>): boolean {
  return type === 'DisclosureRecorded';
}
