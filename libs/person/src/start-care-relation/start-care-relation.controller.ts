import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Outcome } from '#event-store';
import {
  Recording,
  answer,
  Answer,
  Callers,
  Commanding,
  OneOf,
  optionally,
  PersonParam,
  Text,
  Uuid,
  When,
  type CommandRequest,
} from '#http';
import type { CareRelationStarted } from '../identity.events.js';
import type { PersonId } from '../person.ids.js';
import { StartCareRelationCommand, type CareRelationWish } from './start-care-relation.handler.js';

export class StartCareRelationRequest {
  @Uuid({ optional: true, description: 'Who takes part in the care; left out: the caller’s mandate.' })
  mandate?: string;
  @Text(120, { optional: true, description: 'The care team, where one is told apart (CSP L1110-12).' })
  team?: string;
  @OneOf(['institution', 'person'], { optional: true, description: 'Who says so; left out: institution.' })
  declaredBy?: 'institution' | 'person';
  @When({ optional: true, description: 'Left out: now.' }) effectiveAt?: string;
}

@Controller('v1/persons/:person/care-relations')
export class StartCareRelationController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording("Record that a professional takes part in the person's care, in which team.")
  @Callers('mandate', 'client')
  async start(
    @PersonParam() person: PersonId,
    @Body() body: StartCareRelationRequest,
    @Commanding() request: CommandRequest,
  ): Promise<Answer> {
    const outcome: Outcome<CareRelationStarted> = await this.commands.execute(
      new StartCareRelationCommand(person, wishOf(body), request),
    );
    return answer(outcome, () => ({}));
  }
}

function wishOf({ mandate, team, declaredBy, effectiveAt }: StartCareRelationRequest): CareRelationWish {
  return {
    ...(mandate ? { mandate } : {}),
    said: { ...(team ? { team } : {}), declaredBy: declaredBy ?? 'institution' },
    ...optionally('effectiveAt', effectiveAt),
  };
}
