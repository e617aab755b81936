import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import type { Recorded } from '#decider';
import { RecordDisclosureRequest, wishOf } from '#disclosure';
import type { Outcome } from '#event-store';
import {
  answer,
  Answer,
  Callers,
  Commanding,
  OneOf,
  PersonParam,
  Recording,
  Text,
  When,
  when,
  type CommandRequest,
} from '#http';
import { DEFERRAL_GROUND_CODES, type DeferralEvent, type DeferralGround, type PersonId } from '#person';
import { DeferInformationCommand } from './defer-information.handler.js';

export class DeferInformationRequest extends RecordDisclosureRequest {
  @OneOf(DEFERRAL_GROUND_CODES) ground!: DeferralGround;
  @Text(2000, { description: 'Why the person is not told for now.' }) reason!: string;
  @When({
    description: 'Last day on which this may stand without being looked at again: at most six months.',
  })
  reviewBy!: string;
}

class DeferralAnswer extends Answer {
  @ApiProperty({ format: 'uuid' }) deferral!: string;
  @ApiProperty({ format: 'uuid' }) disclosure!: string;
  @ApiProperty({ enum: ['allow', 'allow-with-duties', 'escalate', 'deny'] }) verdict!: string;
  @ApiProperty({ type: [Object], description: 'What follows from it: who owes what, by when.' })
  duties!: readonly object[];
}

@Controller('v1/persons/:person/deferrals')
export class DeferInformationController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording(
    'Record an intended disclosure of which the person is not told for now, with the reason and the day by which that is looked at again. A refusal is recorded there too.',
    DeferralAnswer,
  )
  @Callers('mandate', 'client')
  async defer(
    @PersonParam() person: PersonId,
    @Body() body: DeferInformationRequest,
    @Commanding() request: CommandRequest,
  ): Promise<DeferralAnswer> {
    const { ground, reason, reviewBy } = body;
    const said = { ground, reason, reviewBy: when(reviewBy) };
    const outcome: Outcome<DeferralEvent> = await this.commands.execute(
      new DeferInformationCommand(person, said, wishOf(body), body.escalateTo, request),
    );
    return answer(outcome, deferralIn);
  }
}

/** From its events alone: a repeated command is told the same. */
function deferralIn(events: readonly Recorded<DeferralEvent>[]) {
  const told = { deferral: '', disclosure: '', verdict: '', duties: [] as readonly object[] };
  for (const { type, data } of events)
    switch (type) {
      case 'InformationDeferred':
        told.deferral = data.deferral;
        break;
      case 'DisclosureRecorded':
        told.disclosure = data.disclosure;
        break;
      case 'DisclosureAssessed':
        [told.verdict, told.duties] = [data.verdict, data.duties];
        break;
      case 'DisclosureEscalated':
      case 'DisclosureRefused':
        told.disclosure = data.disclosure;
        told.verdict = type === 'DisclosureRefused' ? 'deny' : 'escalate';
        break;
    }
  return told;
}
