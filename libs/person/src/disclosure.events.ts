import type { DomainEvent, Effective, StreamName } from '#decider';
import type { MandateId } from '#directory';
import type { ConsentId, DisclosureId, ItemId, ProvisionCode, PurposeCode } from './person.ids.js';
import type { Recipient, RecipientScope } from './recipient.js';

export type Frame =
  'exchange' | 'care-team' | 'made-available' | 'commission-session' | 'transmission' | 'requisition';

export type Channel = 'oral' | 'phone' | 'paper' | 'secure-messaging' | 'shared-record' | 'email' | 'other';

/** What a disclosure rests on. `restsOn` says what ends it: a withdrawal, an objection, or nothing they say. */
export interface Basis {
  readonly provision?: ProvisionCode;
  readonly consents: readonly ConsentId[];
  readonly restsOn: 'consent' | 'absence-of-objection' | 'provision';
}

/** A fact relied on, so that everybody can look it up as it was. */
export interface Citation {
  readonly stream: StreamName;
  readonly revision: number;
}

export interface DisclosedItem {
  readonly item: ItemId;
  /** Why this recipient needs this item for this purpose. */
  readonly justification?: string;
  readonly wholeFile?: boolean;
  readonly commentary?: boolean;
}

export type Discloser = Extract<Recipient, { kind: 'mandate' | 'outsider' }>;

export interface DisclosureData {
  readonly disclosure: DisclosureId;
  readonly discloser: Discloser;
  readonly items: readonly DisclosedItem[];
  readonly recipients: readonly Recipient[];
  readonly purpose: PurposeCode;
  readonly objective?: string;
  readonly benefit?: string;
  readonly basis: Basis;
  readonly frame: Frame;
  readonly channel: Channel;
  readonly retainUntil?: Effective;
  /** To whom the recipients may pass it on. */
  readonly onward: readonly RecipientScope[];
  readonly responsibleManager?: string;
  readonly cites: readonly Citation[];
}
export type DisclosureRecorded = DomainEvent<'DisclosureRecorded', DisclosureData>;

/** Only the discloser's side sees this; a recipient's receipt is that of DisclosureRecorded alone. */
export type DisclosureAssessed = DomainEvent<
  'DisclosureAssessed',
  {
    readonly disclosure: DisclosureId;
    readonly catalogueVersion: string;
    readonly personRevision: number;
    readonly verdict: string;
    readonly points: readonly unknown[];
    readonly exceptionReason?: string;
  }
>;
export type DisclosureRefused = DomainEvent<
  'DisclosureRefused',
  {
    readonly disclosure: DisclosureId;
    readonly discloser: Discloser;
    readonly items: readonly ItemId[];
    readonly recipients: readonly Recipient[];
    readonly purpose: PurposeCode;
    readonly reasons: readonly { readonly rule: string; readonly fr: string; readonly en: string }[];
  }
>;
export type DisclosureEscalated = DomainEvent<
  'DisclosureEscalated',
  { readonly disclosure: DisclosureId; readonly to: MandateId; readonly reasons: readonly string[] }
>;
export type EscalationDecided = DomainEvent<
  'EscalationDecided',
  {
    readonly disclosure: DisclosureId;
    readonly by: MandateId;
    readonly decision: 'allow' | 'deny';
    readonly reason: string;
  }
>;

/** A disclosure that happened, told afterwards: whatever is not known is left out, whatever it breaks is kept. */
export interface ReportedData extends Partial<Omit<DisclosureData, 'disclosure' | 'discloser' | 'basis'>> {
  readonly disclosure: DisclosureId;
  readonly discloser?: Recipient;
  readonly basis?: Basis;
  readonly reporter: string;
  readonly source: string;
  readonly certainty: 'certain' | 'likely' | 'rumoured';
}
export type DisclosureReported = DomainEvent<'DisclosureReported', ReportedData>;

/** What the record should have said. `duplicateOf` joins two reports of one act; `retracted`: it never happened. */
export type DisclosureCorrected = DomainEvent<
  'DisclosureCorrected',
  {
    readonly disclosure: DisclosureId;
    readonly changes: Partial<
      Pick<
        ReportedData,
        'items' | 'recipients' | 'purpose' | 'basis' | 'frame' | 'channel' | 'retainUntil' | 'discloser'
      >
    >;
    readonly actEffectiveAt?: Effective;
    readonly duplicateOf?: DisclosureId;
    readonly retracted?: boolean;
    readonly reason: string;
  }
>;
export type NonDisclosureJustified = DomainEvent<
  'NonDisclosureJustified',
  { readonly mandate: MandateId; readonly items: readonly ItemId[]; readonly reason: string }
>;
export type EffectObserved = DomainEvent<
  'EffectObserved',
  { readonly disclosure: DisclosureId; readonly effect: string; readonly by: MandateId }
>;
export type DisclosureContested = DomainEvent<
  'DisclosureContested',
  { readonly disclosure: DisclosureId; readonly ground: string }
>;
export type ContestAnswered = DomainEvent<
  'ContestAnswered',
  {
    readonly disclosure: DisclosureId;
    readonly by: MandateId;
    readonly answer: 'upheld' | 'rejected';
    readonly reason: string;
  }
>;

export type DisclosureEvent =
  | DisclosureRecorded
  | DisclosureAssessed
  | DisclosureRefused
  | DisclosureEscalated
  | EscalationDecided
  | DisclosureReported
  | DisclosureCorrected
  | NonDisclosureJustified
  | EffectObserved
  | DisclosureContested
  | ContestAnswered;
