import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { asCode, asId } from '#decider';
import type { Outcome } from '#event-store';
import {
  Recording,
  answer,
  Answer,
  Callers,
  Codes,
  Commanding,
  IdParam,
  optionally,
  Text,
  Uuid,
  when,
  When,
  type CommandRequest,
} from '#http';
import type { InstitutionId } from '../directory.ids.js';
import type { MandateGiven } from '../institution.events.js';
import { GiveMandateCommand, type MandateWish } from './give-mandate.handler.js';

export class GiveMandateRequest {
  @Uuid({ description: 'The human being who will act.' }) actor!: string;
  @Text(200, { example: 'Soins infirmiers à domicile' }) mission!: string;
  @Codes({ description: 'The purposes that the mission serves.', example: ['care-coordination'] })
  purposes!: string[];
  @Text(120, { example: 'infirmière coordinatrice' }) function!: string;
  @Text(120, { example: 'infirmière' }) profession!: string;
  @Codes({ optional: true, description: 'Categories of professionals, as provisions list them.' })
  categories?: string[];
  @Codes({ optional: true, description: 'Every text by which the holder is bound by secrecy.' })
  secrecy?: string[];
  @When() validFrom!: string;
  @When({ optional: true, description: 'The last day.' }) validUntil?: string;
}

class MandateAnswer extends Answer {
  @ApiProperty({ format: 'uuid' }) mandate!: string;
}

@Controller('v1/institutions/:institution/mandates')
export class GiveMandateController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording('Give an actor a mandate at this institution: nobody acts except under one.', MandateAnswer)
  @Callers('client')
  async give(
    @IdParam('institution') institution: InstitutionId,
    @Body() body: GiveMandateRequest,
    @Commanding() request: CommandRequest,
  ): Promise<MandateAnswer> {
    const outcome: Outcome<MandateGiven> = await this.commands.execute(
      new GiveMandateCommand(institution, wishOf(body), request),
    );
    return answer(outcome, ([event]) => ({ mandate: event!.data.mandate }));
  }
}

function wishOf(body: GiveMandateRequest): MandateWish {
  return {
    actor: asId<'Actor'>(body.actor),
    mission: body.mission,
    purposes: body.purposes.map((code) => asCode<'Purpose'>(code)),
    function: body.function,
    profession: body.profession,
    categories: body.categories ?? [],
    secrecy: (body.secrecy ?? []).map((code) => asCode<'Binding'>(code)),
    validFrom: when(body.validFrom),
    ...optionally('validUntil', body.validUntil),
  };
}
