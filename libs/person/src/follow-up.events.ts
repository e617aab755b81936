import type { DomainEvent, Effective, EventId } from '#decider';
import type { InstitutionId, MandateId } from '#directory';
import type { DisclosedItem } from './disclosure.events.js';
import type { DisclosureId, ItemId, NoticeId } from './person.ids.js';
import type { Holder } from './recipient.js';
import type { Means, Speaker } from './will.events.js';

/** A case brought before a commission; the report's data are what rule C1 asks for. */
export type CaseReferred = DomainEvent<
  'CaseReferred',
  {
    readonly case: string;
    readonly commission: string;
    readonly question: string;
    readonly whyCollective: string;
    readonly reporter: MandateId;
    /** What is to be shared, each with why the commission needs it. */
    readonly items: readonly DisclosedItem[];
    /** What the person gains by it. */
    readonly benefit?: string;
    /** Who answers for it at the reporter's institution. */
    readonly responsibleManager?: string;
    readonly report?: {
      readonly author: MandateId;
      readonly date: Effective;
      readonly diagnosisSources: string;
      readonly criteria: string;
      /** The person is known to be aware of the report (C5). */
      readonly knownToPerson?: boolean;
    };
  }
>;
export type OpinionGiven = DomainEvent<'OpinionGiven', Conclusion>;
export type DecisionTaken = DomainEvent<'DecisionTaken', Conclusion>;

/** By label; rule C10 asks for levers, accompaniment and cooperation beside it. */
export interface Conclusion {
  readonly case: string;
  /** The session that came to it. */
  readonly session?: string;
  readonly label: string;
  readonly levers?: string;
  readonly accompaniment?: string;
  readonly cooperation?: string;
}

/** Told to a holder whose knowledge rested on what ended; asks to purge where no other valid chain remains. */
export type NoticeIssued = DomainEvent<
  'NoticeIssued',
  {
    readonly notice: NoticeId;
    readonly to: Holder;
    readonly items: readonly ItemId[];
    readonly disclosures: readonly DisclosureId[];
    readonly because: EventId;
    /** When what they rested on ended: a purge attested before then does not answer it. */
    readonly since: Effective;
    readonly asks: 'acknowledge' | 'purge';
    readonly answerBy: Effective;
  }
>;
export type NoticeAcknowledged = DomainEvent<
  'NoticeAcknowledged',
  { readonly notice: NoticeId; readonly by: string }
>;
export type NoticeContested = DomainEvent<
  'NoticeContested',
  { readonly notice: NoticeId; readonly by: string; readonly ground: string }
>;
export type NoticeClosed = DomainEvent<
  'NoticeClosed',
  { readonly notice: NoticeId; readonly reason: string }
>;

export type FindingTreated = DomainEvent<
  'FindingTreated',
  {
    readonly finding: string;
    readonly treatment: 'explained' | 'corrected' | 'accepted';
    readonly reason: string;
  }
>;
export type RetentionChanged = DomainEvent<
  'RetentionChanged',
  { readonly disclosure: DisclosureId; readonly retainUntil: Effective; readonly reason: string }
>;
/** Per holder and item, with what remains and why: what was told orally cannot be un-known. */
export type PurgeAttested = DomainEvent<
  'PurgeAttested',
  {
    readonly holder: Holder;
    readonly items: readonly ItemId[];
    readonly remains: 'nothing' | 'memory' | 'legal-archive';
    readonly why?: string;
  }
>;

/** The person asks an institution what it holds and whom it told (GDPR 15); it has a month to answer (12(3)). */
export type AccessRequested = DomainEvent<
  'AccessRequested',
  {
    readonly request: string;
    readonly by: Speaker;
    readonly means: Means;
    /** Whom they ask. */
    readonly institution: InstitutionId;
    readonly answerBy: Effective;
  }
>;
export type AccessAnswered = DomainEvent<
  'AccessAnswered',
  {
    readonly request: string;
    readonly by: MandateId;
    /** Keys of the holders that the institution told, and of their institutions: they are named to the person. */
    readonly recipients: readonly string[];
  }
>;
export type LegalHoldPlaced = DomainEvent<
  'LegalHoldPlaced',
  { readonly hold: string; readonly ground: string }
>;
export type LegalHoldLifted = DomainEvent<'LegalHoldLifted', { readonly hold: string }>;
/** No personal data: from here only its notices can be read. */
export type ErasureRequested = DomainEvent<'ErasureRequested', { readonly request: string }>;
export type StreamClosed = DomainEvent<'StreamClosed', { readonly request: string }>;

export type FollowUpEvent =
  | CaseReferred
  | OpinionGiven
  | DecisionTaken
  | NoticeIssued
  | NoticeAcknowledged
  | NoticeContested
  | NoticeClosed
  | FindingTreated
  | RetentionChanged
  | PurgeAttested
  | AccessRequested
  | AccessAnswered
  | LegalHoldPlaced
  | LegalHoldLifted
  | ErasureRequested
  | StreamClosed;
