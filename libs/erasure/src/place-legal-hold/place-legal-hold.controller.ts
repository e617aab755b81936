import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import type { Outcome } from '#event-store';
import {
  answer,
  Answer,
  Callers,
  Commanding,
  PersonParam,
  Recording,
  Text,
  type CommandRequest,
} from '#http';
import type { LegalHoldPlaced, PersonId } from '#person';
import { PlaceLegalHoldCommand } from './place-legal-hold.handler.js';

export class PlaceLegalHoldRequest {
  @Text(1000, { description: 'Why nothing may be erased: the proceedings, the requisition.' })
  ground!: string;
}

export class LegalHoldAnswer extends Answer {
  @ApiProperty({ type: String, nullable: true, format: 'uuid' }) hold!: string | null;
}

@Controller('v1/persons/:person/legal-holds')
export class PlaceLegalHoldController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording('Place a legal hold: until it is lifted nothing of the person is erased.', LegalHoldAnswer)
  @Callers('mandate', 'client')
  async place(
    @PersonParam() person: PersonId,
    @Body() { ground }: PlaceLegalHoldRequest,
    @Commanding() request: CommandRequest,
  ): Promise<LegalHoldAnswer> {
    const outcome: Outcome<LegalHoldPlaced> = await this.commands.execute(
      new PlaceLegalHoldCommand(person, ground, request),
    );
    return answer(outcome, ([placed]) => ({ hold: placed?.data.hold ?? null }));
  }
}
