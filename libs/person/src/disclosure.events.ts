import type { Code, DomainEvent, Effective, Instant, StreamName } from '#decider';
import type { InstitutionId, MandateId } from '#directory';
import type { Basis } from './basis.js';
import type { Declared, Explained } from './declared.js';
import type { ConsentId, DisclosureId, ItemId, ProvisionCode, PurposeCode } from './person.ids.js';
import type { Recipient, RecipientScope } from './recipient.js';
import type { RefusalReason } from './refusal-reason.js';

export type Frame =
  'exchange' | 'care-team' | 'made-available' | 'commission-session' | 'transmission' | 'requisition';

export type Channel = 'oral' | 'phone' | 'paper' | 'secure-messaging' | 'shared-record' | 'email' | 'other';

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
  /** The discloser, or who presides, says that it has nothing to do with the point examined. */
  readonly unrelated?: boolean;
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
  /** The session of a commission in which it is tabled. */
  readonly session?: string;
  readonly channel: Channel;
  /** The rule of the catalogue by which recipients keep it, and their last day. */
  readonly retentionRule?: Code<'Retention'>;
  readonly retainUntil?: Effective;
  /** To whom the recipients may pass it on; empty: to nobody; left out: no term was set. */
  readonly onward?: readonly RecipientScope[];
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
    readonly catalogueDigest: string;
    /** Revision of the person's stream that was judged. */
    readonly personRevision: number;
    readonly assessedAt: Instant;
    readonly verdict: string;
    /** The worst of each point, by the rule that decided it; the words of a rule are those of this version. */
    readonly points: readonly AssessedPoint[];
    readonly duties: readonly AssessedDuty[];
    readonly declared: Declared;
    /** The consents that the request named; left out: whichever was in force. */
    readonly consents?: readonly ConsentId[];
    /** What was read beside what the act itself cites; left out by earlier versions. */
    readonly cites?: readonly Citation[];
  }
>;

export interface AssessedPoint {
  readonly point: number;
  readonly state: string;
  readonly rule: string;
  /** What else was found under this point. */
  readonly also: readonly string[];
  readonly facts: readonly { readonly kind: string; readonly id?: string }[];
}

export interface AssessedDuty {
  readonly kind: string;
  readonly debtor: Recipient | { readonly kind: 'institution'; readonly institution?: InstitutionId };
  readonly recipient: Recipient;
  readonly items: readonly ItemId[];
  readonly deadline: Effective;
  /** Holds until its deadline, instead of being done by then. */
  readonly standing: boolean;
}

/** An act as its discloser means it, before anything is decided. */
export interface Intended {
  readonly act: Omit<DisclosureData, 'basis' | 'cites'>;
  readonly provision?: ProvisionCode;
  /** Left out: whichever consents in force cover it. */
  readonly consents?: readonly ConsentId[];
  readonly declared: Declared;
  readonly effectiveAt: Effective;
}

export type DisclosureRefused = DomainEvent<
  'DisclosureRefused',
  {
    readonly disclosure: DisclosureId;
    readonly discloser: Discloser;
    readonly items: readonly ItemId[];
    readonly recipients: readonly Recipient[];
    readonly purpose: PurposeCode;
    readonly reasons: readonly RefusalReason[];
  }
>;
/** What waits for a named human being's decision: the act as it was intended, and why it was not simply allowed. */
export type DisclosureEscalated = DomainEvent<
  'DisclosureEscalated',
  {
    readonly disclosure: DisclosureId;
    readonly to: MandateId;
    readonly act: Intended;
    /** Left out by earlier versions. */
    readonly decideBy?: Effective;
    readonly reasons: readonly RefusalReason[];
  }
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

/**
 * What is told of a report beside the act, for whoever recorded it alone: the reason of an exception, what was kept. The
 * whole of it: the last one counts.
 */
export type DisclosureExplained = DomainEvent<
  'DisclosureExplained',
  { readonly disclosure: DisclosureId; readonly declared: Explained }
>;

/** What a correction can say anew of an act. */
export type Correctable =
  | 'items'
  | 'recipients'
  | 'purpose'
  | 'objective'
  | 'benefit'
  | 'basis'
  | 'frame'
  | 'session'
  | 'channel'
  | 'retentionRule'
  | 'retainUntil'
  | 'responsibleManager'
  | 'discloser';

/** What a correction can take out of the record without anything in its place. */
export type TakenBack = 'duplicateOf' | Exclude<Correctable, 'items' | 'recipients'>;

/** What the record should have said. `duplicateOf` joins two reports of one act; `retracted`: it never happened. */
export type DisclosureCorrected = DomainEvent<
  'DisclosureCorrected',
  {
    readonly disclosure: DisclosureId;
    readonly changes: Partial<Pick<ReportedData, Correctable>>;
    readonly actEffectiveAt?: Effective;
    readonly duplicateOf?: DisclosureId;
    /** False: after all it did. */
    readonly retracted?: boolean;
    readonly takenBack?: readonly TakenBack[];
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

/** A duty of this act is done, of which nothing else on record tells: that somebody was told of their secrecy. */
export type DutyDischarged = DomainEvent<
  'DutyDischarged',
  {
    readonly disclosure: DisclosureId;
    readonly kind: string;
    readonly by: MandateId;
    /** The institution of that mandate: what its mandates owe is done. */
    readonly institution: InstitutionId;
    readonly note?: string;
  }
>;

export type DisclosureEvent =
  | DisclosureRecorded
  | DisclosureAssessed
  | DisclosureRefused
  | DisclosureEscalated
  | EscalationDecided
  | DisclosureReported
  | DisclosureExplained
  | DisclosureCorrected
  | NonDisclosureJustified
  | EffectObserved
  | DisclosureContested
  | ContestAnswered
  | DutyDischarged;
