import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { asCode } from '#decider';
import type { Outcome } from '#event-store';
import {
  Recording,
  answer,
  Answer,
  Callers,
  CodeField,
  Commanding,
  OneOf,
  optionally,
  Part,
  PersonParam,
  Text,
  Uuid,
  When,
  type CommandRequest,
} from '#http';
import type { PersonId } from '../person.ids.js';
import { ScopeRequest } from '../scope.request.js';
import { MEANS, speakerOf, SpeakerRequest } from '../speaker.request.js';
import type { Means, PersonInformed } from '../will.events.js';
import { InformPersonCommand, type InformationTold } from './inform-person.handler.js';

/** Without recipients it is a general notice about the care team. */
export class InformPersonRequest extends ScopeRequest {
  @Part(() => SpeakerRequest, { optional: true, description: 'Who was told; left out: the person.' })
  to?: SpeakerRequest;
  @Uuid({ optional: true, description: 'Mandate of whoever told them; left out: the caller’s.' }) by?: string;
  @CodeField({ optional: true, description: 'The provision that they were told about.' }) provision?: string;
  @OneOf(MEANS) form!: Means;
  @Text(80, { optional: true, description: 'The notice handed over.', example: 'named-exchange/2026-01' })
  notice?: string;
  @When({ optional: true, description: 'When they were told; left out: now.' }) effectiveAt?: string;
}

class InformationAnswer extends Answer {
  @ApiProperty({ format: 'uuid' }) information!: string;
}

@Controller('v1/persons/:person/informations')
export class InformPersonController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording(
    'Record what the person, or somebody who represents them, was told: what goes to whom and for what.',
    InformationAnswer,
  )
  @Callers('mandate', 'client')
  async inform(
    @PersonParam() person: PersonId,
    @Body() body: InformPersonRequest,
    @Commanding() request: CommandRequest,
  ): Promise<InformationAnswer> {
    const outcome: Outcome<PersonInformed> = await this.commands.execute(
      new InformPersonCommand(person, toldIn(body), request),
    );
    return answer(outcome, ([event]) => ({ information: event!.data.information }));
  }
}

function toldIn(body: InformPersonRequest): InformationTold {
  return {
    scope: body,
    ...(body.by ? { by: body.by } : {}),
    said: {
      to: speakerOf(body.to),
      ...(body.provision ? { provision: asCode<'Provision'>(body.provision) } : {}),
      form: body.form,
      ...(body.notice ? { notice: body.notice } : {}),
    },
    ...optionally('effectiveAt', body.effectiveAt),
  };
}
