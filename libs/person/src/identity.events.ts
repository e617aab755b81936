import type { DomainEvent, Effective, StreamName } from '#decider';
import type { InstitutionId, MandateId } from '#directory';
import type { PersonId, OutsiderId, RepresentativeId } from './person.ids.js';

export type PersonRegistered = DomainEvent<
  'PersonRegistered',
  {
    readonly person: PersonId;
    readonly familyName: string;
    readonly givenName: string;
    /** `1948-03-12`; left out where nobody knows. */
    readonly birthDate?: string;
    /** Persons with the same names and birth date who are somebody else. */
    readonly distinctFrom: readonly PersonId[];
  }
>;
/** The other person's streams belong to this person: their labels join the proof. */
export type PersonMerged = DomainEvent<
  'PersonMerged',
  { readonly other: PersonId; readonly streams: readonly StreamName[]; readonly reason: string }
>;
export type PersonDied = DomainEvent<'PersonDied', { readonly source: string }>;

export type CareRelationStarted = DomainEvent<
  'CareRelationStarted',
  {
    readonly mandate: MandateId;
    readonly institution: InstitutionId;
    /** Professionals of one team share what is entrusted to it (CSP L1110-12). */
    readonly team?: string;
    /** The person or the institution said so, or a discloser declared it. */
    readonly declaredBy: 'institution' | 'person' | 'discloser';
  }
>;
export type CareRelationEnded = DomainEvent<'CareRelationEnded', { readonly mandate: MandateId }>;

export type CapacityAssessed = DomainEvent<
  'CapacityAssessed',
  { readonly ableToDecide: boolean; readonly domain: 'personal' | 'property'; readonly by: string }
>;

export type RepresentationKind = 'parental-authority' | 'assistance' | 'representation' | 'trusted-person';

export interface RepresentationData {
  readonly representative: RepresentativeId;
  readonly kind: RepresentationKind;
  readonly domain: 'personal' | 'property' | 'both';
  readonly familyName: string;
  readonly givenName: string;
  /** Judgment, deed, declaration: how it is known. */
  readonly instrument: string;
  readonly verified: boolean;
  /** A professional representative (MJPM) also acts under a mandate. */
  readonly mandate?: MandateId;
  readonly validFrom: Effective;
  readonly validUntil?: Effective;
}
export type RepresentationEstablished = DomainEvent<'RepresentationEstablished', RepresentationData>;
export type RepresentationEnded = DomainEvent<
  'RepresentationEnded',
  { readonly representative: RepresentativeId; readonly until: Effective }
>;

export interface OutsiderData {
  readonly outsider: OutsiderId;
  readonly kind: 'relative' | 'landlord' | 'elected-official' | 'professional' | 'other-body' | 'other';
  /** Sealed with the rest of the event. */
  readonly name: string;
  readonly institutionName?: string;
  readonly relation?: string;
  /** What they are in the words of the catalogue (`crip`, `prosecutor`, `emergency-services`). */
  readonly category?: string;
  readonly secrecyBasis?: string;
}
export type OutsiderRegistered = DomainEvent<'OutsiderRegistered', OutsiderData>;

export type IdentityEvent =
  | PersonRegistered
  | PersonMerged
  | PersonDied
  | CareRelationStarted
  | CareRelationEnded
  | CapacityAssessed
  | RepresentationEstablished
  | RepresentationEnded
  | OutsiderRegistered;
