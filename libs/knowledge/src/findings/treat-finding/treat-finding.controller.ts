import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
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
  type CommandRequest,
} from '#http';
import type { FindingTreated, PersonId } from '#person';
import { TreatFindingCommand } from './treat-finding.handler.js';

export class TreatFindingRequest {
  @OneOf(['explained', 'corrected', 'accepted']) treatment!: FindingTreated['data']['treatment'];
  @Text(1000) reason!: string;
}

@Controller('v1/persons/:person/findings/:finding/treatment')
export class TreatFindingController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording('Say what became of a finding: explained, corrected, or accepted, with the reason.')
  @Callers('mandate', 'client')
  async treat(
    @PersonParam() person: PersonId,
    @IdParam('finding') finding: string,
    @Body() { treatment, reason }: TreatFindingRequest,
    @Commanding() request: CommandRequest,
  ): Promise<Answer> {
    const treated = { finding, treatment, reason };
    const outcome: Outcome<FindingTreated> = await this.commands.execute(
      new TreatFindingCommand(person, treated, request),
    );
    return answer(outcome, () => ({}));
  }
}
