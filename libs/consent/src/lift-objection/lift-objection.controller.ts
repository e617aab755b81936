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
  OneOf,
  optionally,
  Part,
  PersonParam,
  When,
  type CommandRequest,
} from '#http';
import {
  MEANS,
  speakerOf,
  SpeakerRequest,
  type Means,
  type ObjectionId,
  type ObjectionLifted,
  type PersonId,
} from '#person';
import { LiftObjectionCommand } from './lift-objection.handler.js';

export class LiftObjectionRequest {
  @Part(() => SpeakerRequest, { optional: true, description: 'Left out: the person.' }) by?: SpeakerRequest;
  @OneOf(MEANS) means!: Means;
  @When({ optional: true, description: 'When it was said; left out: now.' }) effectiveAt?: string;
}

@Controller('v1/persons/:person/objections/:objection/lift')
export class LiftObjectionController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording('Record that whoever objected, or the person, no longer does.')
  @Callers('mandate', 'person', 'client')
  async lift(
    @PersonParam() person: PersonId,
    @IdParam('objection') objection: ObjectionId,
    @Body() { by, means, effectiveAt }: LiftObjectionRequest,
    @Commanding() request: CommandRequest,
  ): Promise<Answer> {
    const lift = {
      lifting: { objection, by: speakerOf(by), means },
      ...optionally('effectiveAt', effectiveAt),
    };
    const outcome: Outcome<ObjectionLifted> = await this.commands.execute(
      new LiftObjectionCommand(person, lift, request),
    );
    return answer(outcome, () => ({}));
  }
}
