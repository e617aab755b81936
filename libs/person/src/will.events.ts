import type { DomainEvent, Effective, Recorded } from '#decider';
import type { InstitutionId, MandateId } from '#directory';
import type {
  CategoryCode,
  ConsentId,
  DeferralId,
  InformationId,
  ItemId,
  ObjectionId,
  ProvisionCode,
  PurposeCode,
  RepresentativeId,
} from './person.ids.js';
import type { RecipientScope, Scope } from './recipient.js';

/** Who speaks: the person, or somebody who may speak for them. */
export type Speaker =
  | { readonly kind: 'person' }
  | { readonly kind: 'representative'; readonly representative: RepresentativeId };

export type Means = 'written' | 'oral' | 'electronic' | 'by-any-means';

export interface InformationData {
  readonly information: InformationId;
  readonly to: Speaker;
  readonly by: MandateId;
  readonly items: readonly ItemId[];
  readonly categories: readonly CategoryCode[];
  /** Empty: the care team in general. */
  readonly recipients: readonly RecipientScope[];
  readonly purposes: readonly PurposeCode[];
  readonly provision?: ProvisionCode;
  readonly form: Means;
  /** Version of the notice that was handed over, if one was. */
  readonly notice?: string;
}
export type PersonInformed = DomainEvent<'PersonInformed', InformationData>;
/** A fact that stands on the stream of a deferral, recorded behind this revision of the person's stream. */
export interface Placed {
  readonly behind: number;
  readonly event: Recorded<DomainEvent>;
}
/** The deferral that ended, and what it covered: from here on it is the person's, with the dates of the facts. */
export type DeferralRevealed = DomainEvent<
  'DeferralRevealed',
  { readonly deferral: DeferralId; readonly facts: readonly Placed[] }
>;

export interface ConsentData extends Scope {
  readonly consent: ConsentId;
  readonly by: Speaker;
  /** Left out: any holder may rely on it. */
  readonly discloser?: MandateId;
  /** GDPR 9(2)(a): said expressly. */
  readonly explicit: boolean;
  /** To whom the recipients may pass it on; empty: to nobody. */
  readonly onward: readonly RecipientScope[];
  readonly validFrom: Effective;
  readonly validUntil: Effective;
  readonly means: Means;
  /** The information that it followed. */
  readonly information: InformationId;
}
export type ConsentGranted = DomainEvent<'ConsentGranted', ConsentData>;

export interface RefusalData extends Scope {
  readonly refusal: ConsentId;
  readonly by: Speaker;
  readonly means: Means;
}
export type ConsentRefused = DomainEvent<'ConsentRefused', RefusalData>;

/** What is excluded from now on: consent in force = grant minus all exclusions. */
export type ConsentWithdrawn = DomainEvent<
  'ConsentWithdrawn',
  {
    readonly consent: ConsentId;
    readonly by: Speaker;
    readonly means: Means;
    /** All lists empty: the whole consent. */
    readonly excluded: Scope;
  }
>;

export interface ObjectionData extends Scope {
  readonly objection: ObjectionId;
  readonly by: Speaker;
  readonly means: Means;
  readonly ground?: string;
}
export type ObjectionRaised = DomainEvent<'ObjectionRaised', ObjectionData>;
export type ObjectionAnswered = DomainEvent<
  'ObjectionAnswered',
  {
    readonly objection: ObjectionId;
    readonly by: MandateId;
    /** Of that mandate, which answers for itself alone. Left out by earlier versions. */
    readonly institution?: InstitutionId;
    readonly answer: 'accepted' | 'rejected';
    readonly reason: string;
  }
>;
export type ObjectionLifted = DomainEvent<
  'ObjectionLifted',
  { readonly objection: ObjectionId; readonly by: Speaker; readonly means: Means }
>;

export type WillEvent =
  | PersonInformed
  | DeferralRevealed
  | ConsentGranted
  | ConsentRefused
  | ConsentWithdrawn
  | ObjectionRaised
  | ObjectionAnswered
  | ObjectionLifted;
