import type { Code, Effective, Id } from '#decider';
import type { Level } from '#catalogue';

export type MandateId = Id<'Mandate'>;
export type OutsiderId = Id<'Outsider'>;
export type InstitutionId = Id<'Institution'>;
export type ItemId = Id<'Item'>;
export type RepresentativeId = Id<'Representative'>;
export type PurposeCode = Code<'Purpose'>;
export type CategoryCode = Code<'Category'>;
export type ProvisionCode = Code<'Provision'>;

/**
 * A fact as it can be cited: an event id, `stream@revision`, whatever the caller can follow back. `hidden` where it
 * belongs to another institution: its effect enters the assessment, its reference never leaves it.
 */
export interface Cited {
  readonly id: string;
  readonly hidden?: boolean;
}

/** First and last moment at which something holds; no end: still. A last day counts as a whole. */
export interface Period {
  readonly validFrom: Effective;
  readonly validUntil?: Effective;
}

/** Who receives or discloses, in the words of the person's stream. */
export type Party =
  | { readonly kind: 'mandate'; readonly mandate: MandateId }
  | { readonly kind: 'outsider'; readonly outsider: OutsiderId }
  | { readonly kind: 'category'; readonly institution: InstitutionId; readonly function: string }
  /** The person concerned: telling them is information, not disclosure. */
  | { readonly kind: 'person' }
  /** In reported facts only. */
  | { readonly kind: 'unknown' };

/** Whom a consent, refusal, objection, information or onward term names. */
export type PartyScope =
  | Exclude<Party, { kind: 'unknown' | 'person' }>
  | { readonly kind: 'institution'; readonly institution: InstitutionId };

/** In a consent every list names what it covers; elsewhere an empty list leaves that dimension open. */
export interface Scope {
  readonly items: readonly ItemId[];
  readonly categories: readonly CategoryCode[];
  readonly recipients: readonly PartyScope[];
  readonly purposes: readonly PurposeCode[];
}

/** A text that binds somebody, as recorded with the mandate. The catalogue has the last word on its firmness. */
export interface SecrecyBasis {
  readonly binding: Code<'Binding'>;
  readonly firm: boolean;
}

/** That a mandate takes part in the person's care, in which team if that is known. */
export interface CareRelation extends Cited, Period {
  readonly team?: string;
}

export interface Membership extends Cited, Period {
  readonly commission: string;
  /** The commission's kind as provisions write it: `MDPH-EP`, `CDAPH`, `CCAPEX`, `CLSPD`, … */
  readonly kind: string;
  /** The institution that keeps the commission's secretariat. */
  readonly institution?: InstitutionId;
  /** False where the appointment is limited to other cases. */
  readonly coversCase: boolean;
  /** A case of this person was brought to the commission. */
  readonly hasCase?: boolean;
}

/** Everything the assessment must know about one who discloses or receives. */
export interface PartyFacts extends Cited {
  readonly party: Party;
  readonly institution?: InstitutionId;
  /** Actor categories of the catalogue; for an outsider those that follow from the relation (`relative`). */
  readonly categories: readonly string[];
  readonly secrecy: readonly SecrecyBasis[];
  readonly mission?: string;
  readonly function?: string;
  /** Purposes that the mission serves. */
  readonly serves: readonly PurposeCode[];
  /** The mandate's period; left out for those who need none. */
  readonly period?: Period;
  readonly care: readonly CareRelation[];
  readonly memberships: readonly Membership[];
  /** The representative of this person that the party is, if it is one. */
  readonly representative?: RepresentativeId;
  /** For a `category`: the institution keeps the log of who looked (CJEU C-154/21). */
  readonly accessLog?: boolean;
}

/** Secrecy under another mandate of the same actor, in force or ended: secrecy outlives a mandate. */
export interface OtherMandate {
  readonly mandate: MandateId;
  readonly secrecy: readonly SecrecyBasis[];
}

export interface DiscloserFacts extends PartyFacts {
  readonly otherMandates: readonly OtherMandate[];
}

/** How the discloser's actor came to hold an item. */
export interface HoldingFacts extends Cited {
  /** Mandate, or outsider, under which it was learnt. */
  readonly holder: MandateId | OutsiderId;
  readonly purpose: PurposeCode;
  /** The session it was learnt in, if it was. */
  readonly session?: string;
  /** To whom it may be passed on; left out: no term was set. An empty list bars everybody. */
  readonly onward?: readonly PartyScope[];
}

export interface ItemFacts extends Cited {
  readonly item: ItemId;
  readonly category?: CategoryCode;
  /** Left out: nobody declared one, so it counts as secret. */
  readonly level?: Level;
  /** The relationship of the third party it is about. */
  readonly thirdParty?: string;
  /** Kept from holders of parental authority (CSP L1111-5). */
  readonly keptFromParents?: boolean;
  /** Telling the person about it is deferred. */
  readonly deferred?: boolean;
  readonly holdings: readonly HoldingFacts[];
  /** The session before which the discloser has tabled it. */
  readonly tabledFor?: string;
}

export type Speaker =
  | { readonly kind: 'person' }
  | { readonly kind: 'representative'; readonly representative: RepresentativeId };

export interface Representative extends Cited, Period {
  readonly representative: RepresentativeId;
  readonly kind: 'parental-authority' | 'assistance' | 'representation' | 'trusted-person';
  readonly domain: 'personal' | 'property' | 'both';
  readonly verified: boolean;
}

export interface Information extends Cited {
  readonly to: Speaker;
  readonly at: Effective;
  /** Without recipients: a general notice, which covers the care team. */
  readonly scope: Scope;
}

interface Word extends Cited {
  readonly by: Speaker;
  readonly at: Effective;
  /** Grows in the order in which words were recorded; tells two words of one day apart. */
  readonly order: number;
  readonly scope: Scope;
}

export interface Consent extends Word, Period {
  readonly kind: 'consent';
  /** Left out: any holder may rely on it. */
  readonly discloser?: MandateId;
  /** Said expressly (GDPR 9(2)(a)). */
  readonly explicit: boolean;
  /** To whom the recipients may pass it on. */
  readonly onward: readonly PartyScope[];
}

/** What stands against sharing. A withdrawal whose scope is empty takes back the whole consent. */
export type Against =
  | (Word & { readonly kind: 'refusal' })
  | (Word & { readonly kind: 'withdrawal'; readonly of: string })
  | (Word & { readonly kind: 'objection'; readonly liftedAt?: Effective });

export interface PersonFacts {
  /** `2015-06-01`, or as much of it as is known. */
  readonly birthDate?: string;
  /** Assessments in personal matters, in recorded order; without any, an adult is presumed able. */
  readonly capacity: readonly (Cited & { readonly ableToDecide: boolean; readonly at: Effective })[];
  /** Somebody unable to protect themselves, as assessed by the discloser (C. pén. 226-14). */
  readonly unableToProtectThemselves?: boolean;
}

/** A session of a commission, as far as this case goes. */
export interface SessionFacts extends Cited {
  readonly session: string;
  readonly commission: string;
  readonly kind: string;
  readonly purpose: PurposeCode;
  readonly regime: ProvisionCode;
  readonly onAgenda: boolean;
  /** Why general criteria do not suffice; blank: they do (C4). */
  readonly whyCollective?: string;
  readonly report?: {
    readonly author?: string;
    readonly date?: Effective;
    readonly diagnosisSources?: string;
    readonly criteria?: string;
  };
  readonly personKnowsReport: boolean;
  /** The items of the case, and who reports on them; left out: not told. */
  readonly brings?: { readonly reporter: MandateId; readonly items: readonly ItemId[] };
  /** Nothing more is tabled in it. */
  readonly closed?: boolean;
}

/** What is known when the question is asked. Plain data: the same facts give the same answer for ever. */
export interface AssessmentFacts {
  /** Revision of the person's stream that these facts were read at. */
  readonly personRevision?: number;
  readonly person: PersonFacts;
  readonly representatives: readonly Representative[];
  readonly informations: readonly Information[];
  readonly consents: readonly Consent[];
  readonly against: readonly Against[];
  readonly items: readonly ItemFacts[];
  readonly discloser: DiscloserFacts;
  readonly recipients: readonly PartyFacts[];
  readonly sessions: readonly SessionFacts[];
}
