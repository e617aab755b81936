import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { asId } from '#decider';
import type { Outcome } from '#event-store';
import {
  Recording,
  answer,
  Answer,
  Callers,
  Commanding,
  Text,
  Uuids,
  When,
  type CommandRequest,
} from '#http';
import type { PersonRegistered } from '../identity.events.js';
import { RegisterPersonCommand } from './register-person.handler.js';

export class RegisterPersonRequest {
  @Text(120, { example: 'Lefort' }) familyName!: string;
  @Text(120, { example: 'Henri' }) givenName!: string;
  @When({ optional: true, example: '1948-03-12', description: 'A full date; left out where nobody knows.' })
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: '$property is a full date: write 1948-03-12' })
  birthDate?: string;
  @Uuids({ optional: true, description: 'Persons with the same names and birth date who are somebody else.' })
  distinctFrom?: string[];
}

class PersonAnswer extends Answer {
  @ApiProperty({ format: 'uuid' }) person!: string;
}

@Controller('v1/persons')
export class RegisterPersonController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording(
    'Register a person concerned; somebody with the same names and birth date is told apart first.',
    PersonAnswer,
  )
  @Callers('mandate', 'client')
  async register(
    @Body() body: RegisterPersonRequest,
    @Commanding() request: CommandRequest,
  ): Promise<PersonAnswer> {
    const outcome: Outcome<PersonRegistered> = await this.commands.execute(
      new RegisterPersonCommand(saidIn(body), request),
    );
    return answer(outcome, ([event]) => ({ person: event!.data.person }));
  }
}

function saidIn({ familyName, givenName, birthDate, distinctFrom }: RegisterPersonRequest) {
  return {
    familyName,
    givenName,
    ...(birthDate ? { birthDate } : {}),
    distinctFrom: (distinctFrom ?? []).map((id) => asId<'Person'>(id)),
  };
}
