import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import type { Outcome } from '#event-store';
import {
  Recording,
  answer,
  Answer,
  Callers,
  CodeField,
  Commanding,
  OneOf,
  PersonParam,
  Text,
  type CommandRequest,
} from '#http';
import type { OutsiderData, OutsiderRegistered } from '../identity.events.js';
import type { PersonId } from '../person.ids.js';
import { RegisterOutsiderCommand } from './register-outsider.handler.js';

export class RegisterOutsiderRequest {
  @OneOf(['relative', 'landlord', 'elected-official', 'professional', 'other-body', 'other'])
  kind!: OutsiderData['kind'];
  @Text(200) name!: string;
  @Text(200, { optional: true }) institutionName?: string;
  @Text(120, { optional: true, description: 'What they are to the person.', example: 'fille' })
  relation?: string;
  @CodeField({
    optional: true,
    description: 'What they are, as provisions list it: an authority, a relative.',
    example: 'prosecutor',
  })
  category?: string;
  @CodeField({ optional: true, description: 'The text that binds them by secrecy, if one does.' })
  secrecyBasis?: string;
}

class OutsiderAnswer extends Answer {
  @ApiProperty({ format: 'uuid' }) outsider!: string;
}

@Controller('v1/persons/:person/outsiders')
export class RegisterOutsiderController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording(
    'Name somebody without a mandate here who may come to know something about the person.',
    OutsiderAnswer,
  )
  @Callers('mandate', 'client')
  async register(
    @PersonParam() person: PersonId,
    @Body() body: RegisterOutsiderRequest,
    @Commanding() request: CommandRequest,
  ): Promise<OutsiderAnswer> {
    const outcome: Outcome<OutsiderRegistered> = await this.commands.execute(
      new RegisterOutsiderCommand(person, saidIn(body), request),
    );
    return answer(outcome, ([event]) => ({ outsider: event!.data.outsider }));
  }
}

function saidIn(body: RegisterOutsiderRequest): Omit<OutsiderData, 'outsider'> {
  const { kind, name, institutionName, relation, category, secrecyBasis } = body;
  return {
    kind,
    name,
    ...(institutionName ? { institutionName } : {}),
    ...(relation ? { relation } : {}),
    ...(category ? { category } : {}),
    ...(secrecyBasis ? { secrecyBasis } : {}),
  };
}
