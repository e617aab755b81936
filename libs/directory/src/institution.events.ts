import type { Code, DomainEvent, Effective } from '#decider';
import type { ActorId, InstitutionId, MandateId } from './directory.ids.js';

/** One reason why a mandate's holder is bound by secrecy; `firm: false` where the law is debated. */
export interface SecrecyBasis {
  readonly binding: Code<'Binding'>;
  readonly firm: boolean;
}

/**
 * A function inside an institution that may receive as a whole (« aides à domicile »): what its holders are, and by
 * which texts they are bound. Who of them looked, the institution's own access log tells.
 */
export interface InstitutionFunction {
  readonly function: Code<'Function'>;
  readonly name: string;
  /** Catalogue categories of professionals. */
  readonly categories: readonly string[];
  readonly secrecy: readonly SecrecyBasis[];
  readonly accessLog: boolean;
}

export interface InstitutionData {
  readonly institution: InstitutionId;
  readonly name: string;
  readonly mission: string;
  /** Passing from one institution to another is "another institution" (point 8) even inside one legal entity. */
  readonly legalEntity?: string;
  readonly functions?: readonly InstitutionFunction[];
  /** Where notices to its holders are posted: https, or http on loopback. */
  readonly webhook?: string;
}

/** An actor at an institution: nobody acts except under a mandate. */
export interface MandateData {
  readonly mandate: MandateId;
  readonly actor: ActorId;
  readonly mission: string;
  /** The purposes that the mission serves. */
  readonly purposes: readonly Code<'Purpose'>[];
  readonly function: string;
  readonly profession: string;
  /** Catalogue categories of professionals; one match with a provision's list is enough. */
  readonly categories: readonly string[];
  readonly secrecy: readonly SecrecyBasis[];
  readonly validFrom: Effective;
  readonly validUntil?: Effective;
}

export type InstitutionRegistered = DomainEvent<'InstitutionRegistered', InstitutionData>;
export type InstitutionRevised = DomainEvent<
  'InstitutionRevised',
  Partial<Omit<InstitutionData, 'institution'>>
>;
export type MandateGiven = DomainEvent<'MandateGiven', MandateData>;
export type MandateEnded = DomainEvent<
  'MandateEnded',
  { readonly mandate: MandateId; readonly until: Effective }
>;
/** The institution says: what happened up to this date has been reported to the ledger, by this source. */
export type SourceReportedUpTo = DomainEvent<
  'SourceReportedUpTo',
  { readonly source: string; readonly upTo: Effective }
>;
export type InstitutionEvent =
  InstitutionRegistered | InstitutionRevised | MandateGiven | MandateEnded | SourceReportedUpTo;
