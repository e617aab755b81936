import type { Basis } from './basis.js';
import type { List, Map as ImmutableMap, Set as ImmutableSet } from 'immutable';
import type { Actor, Code, DomainEvent, Effective, EventId, Instant, Recorded } from '#decider';
import type { InstitutionId, MandateId } from '#directory';
import type { Declared } from './declared.js';
import type {
  Channel,
  DisclosedItem,
  DisclosureAssessed,
  DisclosureEscalated,
  DutyDischarged,
  EscalationDecided,
  Frame,
} from './disclosure.events.js';
import type {
  AccessRequested,
  CaseReferred,
  Conclusion,
  FindingTreated,
  NoticeIssued,
  PurgeAttested,
} from './follow-up.events.js';
import type {
  CapacityAssessed,
  CareRelationStarted,
  OutsiderData,
  PersonRegistered,
  RepresentationData,
} from './identity.events.js';
import type { HoldingData, ItemData } from './item.events.js';
import type {
  CategoryCode,
  ConsentId,
  DeferralId,
  DisclosureId,
  InformationId,
  ItemId,
  NoticeId,
  ObjectionId,
  OutsiderId,
  PersonId,
  PurposeCode,
  RepresentativeId,
} from './person.ids.js';
import type { Dated } from './order.js';
import type { Recipient, RecipientScope, Scope } from './recipient.js';
import type { ConsentData, InformationData, ObjectionData, RefusalData, Speaker } from './will.events.js';

/** Where and when a fact was recorded; folds copy it from the envelope. */
export interface Origin {
  readonly event: EventId;
  readonly revision: number;
  readonly recordedAt: Instant;
  readonly effectiveAt: Effective;
  readonly actor: Actor;
}
export type Fact<Data> = Data & { readonly origin: Origin };

export type CareRelation = Fact<CareRelationStarted['data'] & { readonly until?: Effective }>;
export type Representation = Fact<RepresentationData>;
export type Information = Fact<InformationData>;
export type Refusal = Fact<RefusalData>;
/** `categories`, where it was given another: all of them, in the order of the record. */
export type Item = Fact<
  ItemData & { readonly categories?: readonly (Dated & { readonly category: CategoryCode })[] }
>;
export type Holding = Fact<HoldingData>;
export type Purge = Fact<PurgeAttested['data']>;

export interface Exclusion extends Dated {
  readonly excluded: Scope;
  readonly by: Speaker;
  readonly origin: Origin;
}
export type Consent = Fact<ConsentData & { readonly exclusions: readonly Exclusion[] }>;
export interface ObjectionAnswer {
  /** Left out by earlier versions, where one answer stood for everybody's. */
  readonly institution?: InstitutionId;
  readonly answer: 'accepted' | 'rejected';
  readonly answeredAt: Effective;
}
export type Objection = Fact<
  ObjectionData & {
    /** Each institution answers for itself. */
    readonly answers: readonly ObjectionAnswer[];
    readonly liftedAt?: Effective;
    /** The same with its place in the record. */
    readonly lifted?: Dated;
  }
>;

export type Notice = Fact<
  NoticeIssued['data'] & {
    readonly state: 'open' | 'acknowledged' | 'contested' | 'closed' | 'purged';
    readonly endedAt?: Effective;
  }
>;

export type AccessRequest = Fact<AccessRequested['data'] & { readonly answeredAt?: Effective }>;

/** A case brought before a commission, and what commissions came to. */
export type Case = Fact<CaseReferred['data'] & { readonly conclusions: readonly Concluded[] }>;
export type Concluded = Fact<Conclusion & { readonly kind: 'opinion' | 'decision' }>;

export interface Contest {
  readonly from: Effective;
  readonly until?: Effective;
}

/** One disclosure as the ledger knows it now, intended or reported, with its corrections applied. */
export interface Act {
  readonly disclosure: DisclosureId;
  readonly reported: boolean;
  readonly discloser?: Recipient;
  readonly items: readonly DisclosedItem[];
  readonly recipients: readonly Recipient[];
  readonly purpose?: PurposeCode;
  readonly objective?: string;
  readonly benefit?: string;
  readonly basis?: Basis;
  readonly frame?: Frame;
  readonly session?: string;
  readonly channel?: Channel;
  readonly retentionRule?: Code<'Retention'>;
  readonly retainUntil?: Effective;
  readonly responsibleManager?: string;
  /** Left out: nobody set a term. */
  readonly onward?: readonly RecipientScope[];
  readonly effectiveAt: Effective;
  readonly contests: readonly Contest[];
  readonly effects: readonly string[];
  /** When each was seen. */
  readonly effectsSeenAt?: readonly Effective[];
  /** Of an intended act: what the assessment left to be done. */
  readonly assessed?: Fact<DisclosureAssessed['data']>;
  /** What was declared for the assessment only, of an intended act or of a reported one. */
  readonly declared?: Declared;
  readonly discharged?: readonly Fact<DutyDischarged['data']>[];
  readonly duplicateOf?: DisclosureId;
  readonly retracted: boolean;
  /** Of an act in a deferral: the revision of the person's stream that it was decided on. */
  readonly decidedOn?: number;
  readonly origin: Origin;
}

export interface ActivePerson {
  readonly status: 'active';
  readonly identity: PersonRegistered['data'];
  readonly diedAt?: Effective;
  readonly merged: List<PersonId>;
  /** One relation after the other: somebody may leave and come back. */
  readonly care: ImmutableMap<MandateId, List<CareRelation>>;
  readonly capacity: List<Fact<CapacityAssessed['data']>>;
  readonly representations: ImmutableMap<RepresentativeId, Representation>;
  readonly outsiders: ImmutableMap<OutsiderId, Fact<OutsiderData>>;
  readonly informations: ImmutableMap<InformationId, Information>;
  readonly revealed: List<DeferralId>;
  readonly consents: ImmutableMap<ConsentId, Consent>;
  readonly refusals: ImmutableMap<ConsentId, Refusal>;
  readonly objections: ImmutableMap<ObjectionId, Objection>;
  readonly items: ImmutableMap<ItemId, Item>;
  readonly holdings: ImmutableMap<ItemId, List<Holding>>;
  readonly acts: ImmutableMap<DisclosureId, Act>;
  /** Told or to be told in a deferral that is open and in sight. */
  readonly deferred: ImmutableSet<ItemId>;
  readonly actsByItem: ImmutableMap<ItemId, List<DisclosureId>>;
  readonly purges: ImmutableMap<ItemId, List<Purge>>;
  readonly refused: List<DisclosureId>;
  readonly escalations: ImmutableMap<
    DisclosureId,
    Fact<
      DisclosureEscalated['data'] & {
        readonly decided?: EscalationDecided['data'];
        readonly decidedAt?: Effective;
      }
    >
  >;
  readonly cases: ImmutableMap<string, Case>;
  readonly notices: ImmutableMap<NoticeId, Notice>;
  readonly treatments: ImmutableMap<string, FindingTreated['data']>;
  readonly accessRequests: ImmutableMap<string, AccessRequest>;
  readonly legalHolds: ImmutableMap<string, string>;
  /** From then on only its notices can be read. */
  readonly erasureRequested: { readonly request: string; readonly at: Instant } | null;
}

export type Person =
  | { readonly status: 'unknown' }
  | ActivePerson
  /** After an erasure: nothing more is recorded, consultations included. */
  | { readonly status: 'closed' };

/** How each event of a group changes an active person; a missing type fails to compile. */
export type Evolvers<Event extends DomainEvent> = {
  readonly [Type in Event['type']]: (
    person: ActivePerson,
    event: Recorded<Extract<Event, { type: Type }>>,
  ) => ActivePerson;
};

export function fact<Data extends object>(event: Recorded<DomainEvent<string, Data>>): Fact<Data> {
  return { ...event.data, origin: originOf(event) };
}

export function originOf(event: Recorded<DomainEvent>): Origin {
  const { id, revision, recordedAt, effectiveAt, actor } = event;
  return { event: id, revision, recordedAt, effectiveAt, actor };
}
