import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import type { Outcome } from '#event-store';
import {
  Recording,
  answer,
  Answer,
  Callers,
  Commanding,
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
  type ConsentRefused,
  type Means,
  type PersonId,
} from '#person';
import { RefuseConsentCommand } from './refuse-consent.handler.js';

export class RefuseConsentRequest extends ScopeRequest {
  @Part(() => SpeakerRequest, { optional: true, description: 'Left out: the person.' }) by?: SpeakerRequest;
  @OneOf(MEANS) means!: Means;
  @When({ optional: true, description: 'When it was said; left out: now.' }) effectiveAt?: string;
}

class RefusalAnswer extends Answer {
  @ApiProperty({ format: 'uuid' }) refusal!: string;
}

@Controller('v1/persons/:person/refusals')
export class RefuseConsentController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording(
    'Record that the person, or somebody who may speak for them, said no: what is not named is refused too.',
    RefusalAnswer,
  )
  @Callers('mandate', 'person', 'client')
  async refuse(
    @PersonParam() person: PersonId,
    @Body() body: RefuseConsentRequest,
    @Commanding() request: CommandRequest,
  ): Promise<RefusalAnswer> {
    const { by, means, effectiveAt } = body;
    const said = { scope: body, by: speakerOf(by), means, ...optionally('effectiveAt', effectiveAt) };
    const outcome: Outcome<ConsentRefused> = await this.commands.execute(
      new RefuseConsentCommand(person, said, request),
    );
    return answer(outcome, ([event]) => ({ refusal: event!.data.refusal }));
  }
}
