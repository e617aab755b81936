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
  optionally,
  PersonParam,
  Text,
  Uuid,
  when,
  When,
  type CommandRequest,
} from '#http';
import type { RepresentationData, RepresentationEstablished } from '../identity.events.js';
import type { PersonId } from '../person.ids.js';
import { EstablishRepresentationCommand } from './establish-representation.handler.js';

export class EstablishRepresentationRequest {
  @OneOf(['parental-authority', 'assistance', 'representation', 'trusted-person'])
  kind!: RepresentationData['kind'];
  @OneOf(['personal', 'property', 'both'], { description: 'What they may decide about.' })
  domain!: RepresentationData['domain'];
  @Text(120) familyName!: string;
  @Text(120) givenName!: string;
  @Text(200, { description: 'How it is known.', example: 'jugement du 2 octobre 2024' }) instrument!: string;
  @Flag({ optional: true, description: 'The instrument was seen.' }) verified?: boolean;
  @Uuid({ optional: true, description: 'Mandate of a professional representative.' }) mandate?: string;
  @When() validFrom!: string;
  @When({ optional: true, description: 'The last day.' }) validUntil?: string;
}

class RepresentationAnswer extends Answer {
  @ApiProperty({ format: 'uuid' }) representative!: string;
}

@Controller('v1/persons/:person/representations')
export class EstablishRepresentationController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording('Record who may speak for the person, about what, and how that is known.', RepresentationAnswer)
  @Callers('mandate', 'client')
  async establish(
    @PersonParam() person: PersonId,
    @Body() body: EstablishRepresentationRequest,
    @Commanding() request: CommandRequest,
  ): Promise<RepresentationAnswer> {
    const outcome: Outcome<RepresentationEstablished> = await this.commands.execute(
      new EstablishRepresentationCommand(person, establishedIn(body), request),
    );
    return answer(outcome, ([event]) => ({ representative: event!.data.representative }));
  }
}

function establishedIn(body: EstablishRepresentationRequest): Omit<RepresentationData, 'representative'> {
  const { kind, domain, familyName, givenName, instrument, verified, mandate } = body;
  return {
    kind,
    domain,
    familyName,
    givenName,
    instrument,
    verified: verified ?? false,
    ...(mandate ? { mandate: asId<'Mandate'>(mandate) } : {}),
    validFrom: when(body.validFrom),
    ...optionally('validUntil', body.validUntil),
  };
}
