import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { asCode, asId, type Recorded } from '#decider';
import type { Outcome } from '#event-store';
import {
  Recording,
  answer,
  Answer,
  Callers,
  CodeField,
  Commanding,
  OneOf,
  optionally,
  Parts,
  PersonParam,
  problem,
  Text,
  Uuid,
  Uuids,
  when,
  When,
  type CommandRequest,
} from '#http';
import {
  RecipientRequest,
  type Channel,
  type DisclosureAssessed,
  type DisclosureRecorded,
  type DisclosureRefused,
  type Frame,
  type PersonId,
} from '#person';
import { CHANNELS, DisclosedItemRequest, disclosedItemsOf, FRAMES } from '../disclosure.request.js';
import { RecordDisclosureCommand, type DisclosureWish } from './record-disclosure.handler.js';

export class RecordDisclosureRequest {
  @Uuid({ optional: true, description: 'Mandate of the discloser; left out: the caller.' })
  discloser?: string;
  @Parts(() => DisclosedItemRequest) items!: DisclosedItemRequest[];
  @Parts(() => RecipientRequest) recipients!: RecipientRequest[];
  @CodeField({ example: 'care-coordination' }) purpose!: string;
  @Text(500, { optional: true }) objective?: string;
  @Text(500, { optional: true, description: 'What the person gains by it.' }) benefit?: string;
  @CodeField({ optional: true, description: 'Left out: it rests on consent alone.' }) provision?: string;
  @Uuids({ optional: true, description: 'Left out: whichever consents in force cover it.' })
  consents?: string[];
  @OneOf(FRAMES) frame!: Frame;
  @OneOf(CHANNELS) channel!: Channel;
  @When({ description: 'When it was made known.' }) effectiveAt!: string;
  @When({ optional: true, description: 'Last day on which recipients may keep it.' }) retainUntil?: string;
  @Parts(() => RecipientRequest, { optional: true, description: 'To whom recipients may pass it on.' })
  onward?: RecipientRequest[];
  @Text(200, { optional: true, description: 'Who answers for it at the discloser’s institution.' })
  responsibleManager?: string;
}

class DisclosureAnswer extends Answer {
  @ApiProperty({ format: 'uuid' }) disclosure!: string;
}

type Result = DisclosureRecorded | DisclosureAssessed | DisclosureRefused;

@Controller('v1/persons/:person/disclosures')
export class RecordDisclosureController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording(
    'Record an intended disclosure. One that its basis does not carry is refused, and the refusal is recorded.',
    DisclosureAnswer,
  )
  @Callers('mandate', 'client')
  async record(
    @PersonParam() person: PersonId,
    @Body() body: RecordDisclosureRequest,
    @Commanding() request: CommandRequest,
  ): Promise<DisclosureAnswer> {
    const outcome: Outcome<Result> = await this.commands.execute(
      new RecordDisclosureCommand(person, wishOf(body), when(body.effectiveAt), request),
    );
    const answered = answer(outcome, ([event]) => ({ disclosure: event!.data.disclosure }));
    const refusal = outcome.kind === 'recorded' ? outcome.events.find(isRefusal) : undefined;
    if (refusal) throw refused(refusal, answered);
    return answered;
  }
}

function isRefusal(event: Recorded<Result>): event is Recorded<DisclosureRefused> {
  return event.type === 'DisclosureRefused';
}

/** Told as a problem, since nothing was disclosed; the refusal itself is on record. */
function refused({ data }: Recorded<DisclosureRefused>, answered: DisclosureAnswer) {
  const { disclosure, events, revision, position, repeated } = answered;
  const detail = data.reasons.map((reason) => reason.en).join(' ');
  const remedy = 'Obtain what is missing, or take out what it does not cover. The refusal was recorded.';
  return problem(422, 'disclosure-refused', detail, remedy, {
    reasons: data.reasons,
    disclosure,
    events,
    revision,
    position,
    repeated,
  });
}

function wishOf(body: RecordDisclosureRequest): DisclosureWish {
  const { discloser, objective, benefit, provision, consents, responsibleManager } = body;
  return {
    items: disclosedItemsOf(body.items),
    recipients: body.recipients,
    onward: body.onward ?? [],
    purpose: asCode<'Purpose'>(body.purpose),
    frame: body.frame,
    channel: body.channel,
    ...optionally('retainUntil', body.retainUntil),
    ...(discloser ? { discloser } : {}),
    ...(objective ? { objective } : {}),
    ...(benefit ? { benefit } : {}),
    ...(responsibleManager ? { responsibleManager } : {}),
    ...(provision ? { provision: asCode<'Provision'>(provision) } : {}),
    ...(consents ? { consents: consents.map((id) => asId<'Consent'>(id)) } : {}),
  };
}
