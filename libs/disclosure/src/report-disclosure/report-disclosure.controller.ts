import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { asCode, asId } from '#decider';
import type { Outcome } from '#event-store';
import {
  Recording,
  answer,
  Answer,
  Callers,
  CodeField,
  Commanding,
  OneOf,
  Part,
  Parts,
  PersonParam,
  Text,
  Uuids,
  when,
  When,
  type CommandRequest,
} from '#http';
import {
  RecipientRequest,
  type Channel,
  type DisclosureExplained,
  type DisclosureReported,
  type Frame,
  type PersonId,
  type ReportedData,
} from '#person';
import {
  CHANNELS,
  DisclosedItemRequest,
  actToldIn,
  FRAMES,
  ITEMS_TIMES_RECIPIENTS,
} from '../disclosure.request.js';
import { ExplainedRequest, explainedIn } from '../explained.request.js';
import { ReportDisclosureCommand, type DisclosureTold } from './report-disclosure.handler.js';

/** Whatever is not known is left out. */
export class ReportDisclosureRequest extends ExplainedRequest {
  @Part(() => RecipientRequest, { optional: true }) discloser?: RecipientRequest;
  @Parts(() => DisclosedItemRequest, { optional: true, description: ITEMS_TIMES_RECIPIENTS })
  items?: DisclosedItemRequest[];
  @Parts(() => RecipientRequest, { optional: true, description: ITEMS_TIMES_RECIPIENTS })
  recipients?: RecipientRequest[];
  @CodeField({ optional: true }) purpose?: string;
  @Text(500, { optional: true }) objective?: string;
  @Text(500, { optional: true, description: 'What the person has from it.' }) benefit?: string;
  @CodeField({ optional: true, description: 'The article that it was said to rest on.' }) provision?: string;
  @Uuids({ optional: true, description: 'Consents of this person that it was said to rest on.' })
  consents?: string[];
  @OneOf(FRAMES, { optional: true }) frame?: Frame;
  @OneOf(CHANNELS, { optional: true }) channel?: Channel;
  @When({ optional: true, description: 'The last day on which recipients may keep it.' })
  retainUntil?: string;
  @Parts(() => RecipientRequest, {
    optional: true,
    description: 'To whom recipients may pass it on; empty: to nobody; left out: no term is known.',
  })
  onward?: RecipientRequest[];
  @Text(200, { optional: true, description: 'Who answers for crossing an institution’s border.' })
  responsibleManager?: string;
  @Text(200, { optional: true, description: 'Who reports it; left out: the caller’s mandate.' })
  reporter?: string;
  @Text(500, { description: 'How it is known.', example: 'compte rendu de réunion' }) source!: string;
  @OneOf(['certain', 'likely', 'rumoured']) certainty!: ReportedData['certainty'];
  @When({ description: 'When it happened.' }) effectiveAt!: string;
}

class ReportedAnswer extends Answer {
  @ApiProperty({ format: 'uuid' }) disclosure!: string;
}

@Controller('v1/persons/:person/disclosure-reports')
export class ReportDisclosureController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording('Report a disclosure that happened, whatever rule it breaks.', ReportedAnswer)
  @Callers('mandate', 'client')
  async report(
    @PersonParam() person: PersonId,
    @Body() body: ReportDisclosureRequest,
    @Commanding() request: CommandRequest,
  ): Promise<ReportedAnswer> {
    const outcome: Outcome<DisclosureReported | DisclosureExplained> = await this.commands.execute(
      new ReportDisclosureCommand(person, toldIn(body), request),
    );
    return answer(outcome, ([event]) => ({ disclosure: event!.data.disclosure }));
  }
}

function toldIn(body: ReportDisclosureRequest): DisclosureTold {
  const { discloser, recipients, onward, provision, consents, reporter } = body;
  return {
    ...(discloser ? { discloser } : {}),
    ...(recipients ? { recipients } : {}),
    ...(onward ? { onward } : {}),
    ...(provision ? { provision: asCode<'Provision'>(provision) } : {}),
    consents: (consents ?? []).map((id) => asId<'Consent'>(id)),
    ...(reporter ? { reporter } : {}),
    said: { source: body.source, certainty: body.certainty, ...actToldIn(body) },
    explained: explainedIn(body),
    effectiveAt: when(body.effectiveAt),
  };
}
