import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { asId } from '#decider';
import type { Outcome } from '#event-store';
import {
  Recording,
  answer,
  Answer,
  Callers,
  Commanding,
  OneOf,
  optionally,
  Part,
  PersonParam,
  Text,
  Uuids,
  When,
  type CommandRequest,
} from '#http';
import { RecipientRequest, type PersonId, type PurgeAttested } from '#person';
import { AttestPurgeCommand, type Attestation } from './attest-purge.handler.js';

export class AttestPurgeRequest {
  @Part(() => RecipientRequest, { optional: true, description: 'Left out: the caller’s mandate.' })
  holder?: RecipientRequest;
  @Uuids({ description: 'What was destroyed.' }) items!: string[];
  @OneOf(['nothing', 'memory', 'legal-archive'], { description: 'What the holder still has of it.' })
  remains!: PurgeAttested['data']['remains'];
  @Text(500, { optional: true, description: 'Asked for unless nothing remains.' }) why?: string;
  @When({ optional: true, description: 'Left out: now.' }) effectiveAt?: string;
}

@Controller('v1/persons/:person/purges')
export class AttestPurgeController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording(
    'Attest that a holder destroyed what it had, and say what remains: what was heard cannot be un-known.',
  )
  @Callers('mandate', 'client')
  async attest(
    @PersonParam() person: PersonId,
    @Body() body: AttestPurgeRequest,
    @Commanding() request: CommandRequest,
  ): Promise<Answer> {
    const attestation: Attestation = {
      ...(body.holder ? { holder: body.holder } : {}),
      items: body.items.map((id) => asId<'Item'>(id)),
      remains: body.remains,
      ...(body.why ? { why: body.why } : {}),
      ...optionally('effectiveAt', body.effectiveAt),
    };
    const outcome: Outcome<PurgeAttested> = await this.commands.execute(
      new AttestPurgeCommand(person, attestation, request),
    );
    return answer(outcome, () => ({}));
  }
}
