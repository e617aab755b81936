import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { asCode, asId } from '#decider';
import type { Outcome } from '#event-store';
import {
  Recording,
  answer,
  Answer,
  Callers,
  CodeField,
  Commanding,
  Flag,
  IdParam,
  OneOf,
  SomeOf,
  optionally,
  Part,
  Parts,
  PersonParam,
  Text,
  Uuid,
  Uuids,
  When,
  type CommandRequest,
} from '#http';
import {
  RecipientRequest,
  type TakenBack,
  type Channel,
  type DisclosureCorrected,
  type DisclosureExplained,
  type Explained,
  type DisclosureId,
  type Frame,
  type PersonId,
} from '#person';
import {
  CHANNELS,
  DisclosedItemRequest,
  actToldIn,
  FRAMES,
  ITEMS_TIMES_RECIPIENTS,
} from '../disclosure.request.js';
import { EXPLAINED, ExplainedRequest, explainedIn } from '../explained.request.js';
import {
  CorrectDisclosureCommand,
  type ChangesWish,
  type CorrectionWish,
} from './correct-disclosure.handler.js';

const TAKEN_BACK = [
  'duplicateOf',
  'retainUntil',
  'retentionRule',
  'purpose',
  'objective',
  'benefit',
  'basis',
  'frame',
  'session',
  'channel',
  'responsibleManager',
  'discloser',
] as const satisfies readonly TakenBack[];

/** What is left out stays as it was said. */
export class ChangesRequest extends ExplainedRequest {
  @Part(() => RecipientRequest, { optional: true }) discloser?: RecipientRequest;
  @Parts(() => DisclosedItemRequest, {
    optional: true,
    description: `All items, not only those that change. ${ITEMS_TIMES_RECIPIENTS}`,
  })
  items?: DisclosedItemRequest[];
  @Parts(() => RecipientRequest, { optional: true, description: `All recipients. ${ITEMS_TIMES_RECIPIENTS}` })
  recipients?: RecipientRequest[];
  @CodeField({ optional: true }) purpose?: string;
  @Text(500, { optional: true }) objective?: string;
  @Text(500, { optional: true, description: 'What the person has from it.' }) benefit?: string;
  @CodeField({ optional: true, description: 'With `consents`, the whole basis.' }) provision?: string;
  @Uuids({ optional: true, description: 'With `provision`, the whole basis.' }) consents?: string[];
  @OneOf(FRAMES, { optional: true }) frame?: Frame;
  @OneOf(CHANNELS, { optional: true }) channel?: Channel;
  @When({ optional: true }) retainUntil?: string;
  @Text(200, { optional: true, description: 'Who answers for crossing an institution’s border.' })
  responsibleManager?: string;
}

export class CorrectDisclosureRequest {
  @Part(() => ChangesRequest, { optional: true }) changes?: ChangesRequest;
  @When({ optional: true, description: 'When it really happened.' }) actEffectiveAt?: string;
  @Uuid({ optional: true, description: 'The other record of the same act.' }) duplicateOf?: string;
  @Flag({ optional: true, description: 'True: it never happened. False: after all it did.' })
  retracted?: boolean;
  @SomeOf([...TAKEN_BACK, ...EXPLAINED], {
    optional: true,
    description:
      'What was said wrongly and has nothing in its place; of a disclosure decided on here not what its decision needed.',
  })
  takenBack?: (TakenBack | keyof Explained)[];
  @Text(500) reason!: string;
}

@Controller('v1/persons/:person/disclosures/:disclosure/corrections')
export class CorrectDisclosureController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording(
    'Say what the record of a disclosure should have said, with the reason; what it did say stays on record.',
  )
  @Callers('mandate', 'client')
  async correct(
    @PersonParam() person: PersonId,
    @IdParam('disclosure') disclosure: DisclosureId,
    @Body() body: CorrectDisclosureRequest,
    @Commanding() request: CommandRequest,
  ): Promise<Answer> {
    const outcome: Outcome<DisclosureCorrected | DisclosureExplained> = await this.commands.execute(
      new CorrectDisclosureCommand(person, wishOf(disclosure, body), request),
    );
    return answer(outcome, () => ({}));
  }
}

function wishOf(disclosure: DisclosureId, body: CorrectDisclosureRequest): CorrectionWish {
  const { changes, actEffectiveAt, duplicateOf, retracted, takenBack, reason } = body;
  return {
    disclosure,
    changes: changesIn(changes ?? {}),
    ...optionally('actEffectiveAt', actEffectiveAt),
    ...(duplicateOf ? { duplicateOf: asId<'Disclosure'>(duplicateOf) } : {}),
    ...(retracted === undefined ? {} : { retracted }),
    ...(takenBack?.length ? { takenBack } : {}),
    explained: explainedIn(changes ?? {}),
    reason,
  };
}

function changesIn(changes: ChangesRequest): ChangesWish {
  const { discloser, recipients, provision, consents } = changes;
  return {
    ...(discloser ? { discloser } : {}),
    ...(recipients ? { recipients } : {}),
    ...(provision ? { provision: asCode<'Provision'>(provision) } : {}),
    ...(consents ? { consents: consents.map((id) => asId<'Consent'>(id)) } : {}),
    said: actToldIn(changes),
  };
}
