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
  Parts,
  Text,
  WebAddress,
  type CommandRequest,
} from '#http';
import { FunctionRequest } from '../function.request.js';
import type { InstitutionRegistered } from '../institution.events.js';
import { RegisterInstitutionCommand } from './register-institution.handler.js';

export class RegisterInstitutionRequest {
  @Text(200, { example: 'SSIAD des Lilas' }) name!: string;
  @Text(200, { description: 'What the institution is for.', example: 'Soins infirmiers à domicile' })
  mission!: string;
  @Text(200, { optional: true, description: 'The body that it belongs to.' }) legalEntity?: string;
  @Parts(() => FunctionRequest, { optional: true, description: 'Functions that may receive as a whole.' })
  functions?: FunctionRequest[];
  @WebAddress({ optional: true, description: 'Where notices are posted, signed. Put no secret into it.' })
  webhook?: string;
}

class InstitutionAnswer extends Answer {
  @ApiProperty({ format: 'uuid' }) institution!: string;
}

@Controller('v1/institutions')
export class RegisterInstitutionController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording('Register an institution: a service or establishment with its own mission.', InstitutionAnswer)
  @Callers('client')
  async register(
    @Body() body: RegisterInstitutionRequest,
    @Commanding() request: CommandRequest,
  ): Promise<InstitutionAnswer> {
    const outcome: Outcome<InstitutionRegistered> = await this.commands.execute(
      new RegisterInstitutionCommand(body, request),
    );
    return answer(outcome, ([event]) => ({ institution: event!.data.institution }));
  }
}
