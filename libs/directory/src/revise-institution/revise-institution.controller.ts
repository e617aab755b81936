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
  Parts,
  Text,
  WebAddress,
  type CommandRequest,
} from '#http';
import type { InstitutionId } from '../directory.ids.js';
import { FunctionRequest } from '../function.request.js';
import type { InstitutionRevised } from '../institution.events.js';
import { ReviseInstitutionCommand } from './revise-institution.handler.js';

export class ReviseInstitutionRequest {
  @Text(200, { optional: true }) name?: string;
  @Text(200, { optional: true }) mission?: string;
  @Text(200, { optional: true }) legalEntity?: string;
  @Parts(() => FunctionRequest, {
    optional: true,
    description: 'All of them: they replace those declared before.',
  })
  functions?: FunctionRequest[];
  @WebAddress({ optional: true, description: 'Where notices are posted, signed. Put no secret into it.' })
  webhook?: string;
}

@Controller('v1/institutions/:institution/revisions')
export class ReviseInstitutionController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording(
    'Say anew what an institution is called, what it is for, which functions may receive as a whole, or where notices go.',
  )
  @Callers('client')
  async revise(
    @IdParam('institution') institution: InstitutionId,
    @Body() body: ReviseInstitutionRequest,
    @Commanding() request: CommandRequest,
  ): Promise<Answer> {
    const outcome: Outcome<InstitutionRevised> = await this.commands.execute(
      new ReviseInstitutionCommand(institution, body, request),
    );
    return answer(outcome, () => ({}));
  }
}
