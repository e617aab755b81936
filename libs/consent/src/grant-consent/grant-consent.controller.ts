import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { asId } from '#decider';
import type { Outcome } from '#event-store';
import {
  Recording,
  answer,
  Answer,
  Callers,
  Commanding,
  Flag,
  OneOf,
  Part,
  Parts,
  PersonParam,
  Uuid,
  when,
  When,
  type CommandRequest,
} from '#http';
import {
  MEANS,
  RecipientRequest,
  ScopeRequest,
  speakerOf,
  SpeakerRequest,
  type ConsentGranted,
  type Means,
  type PersonId,
} from '#person';
import { GrantConsentCommand, type ConsentWish } from './grant-consent.handler.js';

export class GrantConsentRequest extends ScopeRequest {
  @Part(() => SpeakerRequest, { optional: true, description: 'Left out: the person.' }) by?: SpeakerRequest;
  @Uuid({ optional: true, description: 'Mandate that may disclose; left out: any holder.' })
  discloser?: string;
  @Flag({ optional: true, description: 'Said expressly (GDPR 9(2)(a)).' }) explicit?: boolean;
  @Parts(() => RecipientRequest, { optional: true, description: 'To whom recipients may pass it on.' })
  onward?: RecipientRequest[];
  @When({ description: 'When the person agreed.' }) effectiveAt!: string;
  @When({ optional: true, description: 'Left out: from the day of agreement.' }) validFrom?: string;
  @When({ description: 'The last day.' }) validUntil!: string;
  @OneOf(MEANS) means!: Means;
  @Uuid({ description: 'The information given that this consent followed.' }) information!: string;
}

class ConsentAnswer extends Answer {
  @ApiProperty({ format: 'uuid' }) consent!: string;
}

@Controller('v1/persons/:person/consents')
export class GrantConsentController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording('Record that the person, or somebody who may speak for them, agreed.', ConsentAnswer)
  @Callers('mandate', 'person', 'client')
  async grant(
    @PersonParam() person: PersonId,
    @Body() body: GrantConsentRequest,
    @Commanding() request: CommandRequest,
  ): Promise<ConsentAnswer> {
    const outcome: Outcome<ConsentGranted> = await this.commands.execute(
      new GrantConsentCommand(person, wishOf(body), when(body.effectiveAt), request),
    );
    return answer(outcome, ([event]) => ({ consent: event!.data.consent }));
  }
}

function wishOf(body: GrantConsentRequest): ConsentWish {
  return {
    scope: body,
    onward: body.onward ?? [],
    by: speakerOf(body.by),
    ...(body.discloser ? { discloser: asId<'Mandate'>(body.discloser) } : {}),
    explicit: body.explicit ?? false,
    validFrom: when(body.validFrom ?? body.effectiveAt),
    validUntil: when(body.validUntil),
    means: body.means,
    information: asId<'Information'>(body.information),
  };
}
