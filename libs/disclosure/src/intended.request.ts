import { asCode, asId } from '#decider';
import { CodeField, Flag, OneOf, optionally, Part, Parts, Text, Uuid, Uuids, when, When } from '#http';
import { RecipientRequest, type Channel, type Declared, type Frame } from '#person';
import {
  CHANNELS,
  DisclosedItemRequest,
  disclosedItemsOf,
  FRAMES,
  ITEMS_TIMES_RECIPIENTS,
} from './disclosure.request.js';
import type { DisclosureWish } from './intention.query.js';

export const EXCEPTIONS = ['emergency', 'impossibility', 'contrary-to-interest'] as const;
const KEPT = ['export', 'private-note', 'file'] as const;

export class ExceptionRequest {
  @OneOf(EXCEPTIONS) kind!: (typeof EXCEPTIONS)[number];
  @Text(1000, { description: 'Why the person could not be told or asked first.' }) reason!: string;
  @When({ description: 'When the exception is looked at again, not before the act.' }) reviewBy!: string;
}

export class KeptRequest {
  @OneOf(KEPT, { description: 'What is made beside the act itself and stays.' }) kind!: (typeof KEPT)[number];
}

export class WithheldRequest {
  @Text(500, { optional: true, description: 'Why something essential is not shared.' }) reason?: string;
}

/** An act as its discloser means it: the same for the question and for the act. */
export class IntendedRequest {
  @Uuid({ optional: true, description: 'Mandate of the discloser; left out: the caller.' })
  discloser?: string;
  @Parts(() => DisclosedItemRequest, { description: ITEMS_TIMES_RECIPIENTS }) items!: DisclosedItemRequest[];
  @Parts(() => RecipientRequest, { description: ITEMS_TIMES_RECIPIENTS }) recipients!: RecipientRequest[];
  @CodeField({ example: 'care-coordination' }) purpose!: string;
  @Text(500, { optional: true }) objective?: string;
  @Text(500, { optional: true, description: 'What the person gains by it.' }) benefit?: string;
  @CodeField({ optional: true, description: 'Left out: it rests on consent alone.' }) provision?: string;
  @Uuids({ optional: true, description: 'Left out: whichever consents in force cover it.' })
  consents?: string[];
  @OneOf(FRAMES) frame!: Frame;
  @Uuid({ optional: true, description: 'The session in which it is tabled, in frame commission-session.' })
  session?: string;
  @OneOf(CHANNELS) channel!: Channel;
  @When({ description: 'When it was made known.' }) effectiveAt!: string;
  @CodeField({
    optional: true,
    description: 'The retention rule of the catalogue by which recipients keep it.',
  })
  retentionRule?: string;
  @When({ optional: true, description: 'Last day on which recipients may keep it.' }) retainUntil?: string;
  @Parts(() => RecipientRequest, {
    optional: true,
    description: 'To whom recipients may pass it on; empty: to nobody; left out: no term is set.',
  })
  onward?: RecipientRequest[];
  @Text(200, { optional: true, description: 'Who answers for it at the discloser’s institution.' })
  responsibleManager?: string;
  @Part(() => ExceptionRequest, { optional: true }) exception?: ExceptionRequest;
  @Flag({ optional: true, description: 'The person cannot protect themselves (C. pén. 226-14).' })
  unableToProtectThemselves?: boolean;
  @Uuids({
    optional: true,
    description:
      'Mandates among discloser and recipients that take part in the care, as the discloser says: recorded as such.',
  })
  inCare?: string[];
  @Parts(() => KeptRequest, { optional: true }) keeps?: KeptRequest[];
  @Parts(() => WithheldRequest, { optional: true }) withheld?: WithheldRequest[];
}

export function wishOf(body: IntendedRequest): DisclosureWish {
  const { discloser, provision, consents, recipients, onward } = body;
  return {
    said: saidIn(body),
    recipients,
    declared: declaredIn(body),
    effectiveAt: when(body.effectiveAt),
    ...(onward ? { onward } : {}),
    ...(discloser ? { discloser } : {}),
    ...(provision ? { provision: asCode<'Provision'>(provision) } : {}),
    ...(consents ? { consents: consents.map((id) => asId<'Consent'>(id)) } : {}),
  };
}

function saidIn(body: IntendedRequest): DisclosureWish['said'] {
  const { objective, benefit, session, retentionRule, responsibleManager } = body;
  return {
    items: disclosedItemsOf(body.items),
    purpose: asCode<'Purpose'>(body.purpose),
    frame: body.frame,
    channel: body.channel,
    ...optionally('retainUntil', body.retainUntil),
    ...(objective ? { objective } : {}),
    ...(benefit ? { benefit } : {}),
    ...(session ? { session } : {}),
    ...(retentionRule ? { retentionRule: asCode<'Retention'>(retentionRule) } : {}),
    ...(responsibleManager ? { responsibleManager } : {}),
  };
}

type Declaring = Pick<
  IntendedRequest,
  'exception' | 'unableToProtectThemselves' | 'inCare' | 'keeps' | 'withheld'
>;

export function declaredIn(said: Declaring): Declared {
  const { exception, unableToProtectThemselves, inCare, keeps, withheld } = said;
  return {
    ...(exception
      ? {
          exception: {
            kind: exception.kind,
            reason: exception.reason,
            reviewBy: when(exception.reviewBy),
          },
        }
      : {}),
    ...(unableToProtectThemselves ? { unableToProtectThemselves } : {}),
    ...(inCare ? { inCare: inCare.map((mandate) => asId<'Mandate'>(mandate)) } : {}),
    ...(keeps ? { keeps: keptIn(keeps) } : {}),
    ...(withheld ? { withheld: withheldIn(withheld) } : {}),
  };
}

export function keptIn(keeps: readonly KeptRequest[]): Declared['keeps'] {
  return keeps.map(({ kind }) => kind);
}

export function withheldIn(withheld: readonly WithheldRequest[]): Declared['withheld'] {
  return withheld.map(({ reason }) => (reason ? { reason } : {}));
}
