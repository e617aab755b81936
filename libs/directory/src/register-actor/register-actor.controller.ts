import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import type { Outcome } from '#event-store';
import { Recording, answer, Answer, Callers, Commanding, Text, type CommandRequest } from '#http';
import type { ActorRegistered } from '../actor.events.js';
import { RegisterActorCommand } from './register-actor.handler.js';

export class RegisterActorRequest {
  @Text(120, { example: 'Caron' }) familyName!: string;
  @Text(120, { example: 'Odile' }) givenName!: string;
}

class ActorAnswer extends Answer {
  @ApiProperty({ format: 'uuid' }) actor!: string;
}

@Controller('v1/actors')
export class RegisterActorController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording(
    'Register a human being who will act under mandates; the name is sealed under their own key.',
    ActorAnswer,
  )
  @Callers('client')
  async register(
    @Body() body: RegisterActorRequest,
    @Commanding() request: CommandRequest,
  ): Promise<ActorAnswer> {
    const { familyName, givenName } = body;
    const outcome: Outcome<ActorRegistered> = await this.commands.execute(
      new RegisterActorCommand({ familyName, givenName }, request),
    );
    return answer(outcome, ([event]) => ({ actor: event!.data.actor }));
  }
}
