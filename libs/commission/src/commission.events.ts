import type { Code, DomainEvent, Effective } from '#decider';
import type { InstitutionId, MandateId } from '#directory';
import type { CaseId, CommissionId, SessionId } from './commission.ids.js';

/** The stream stands in clear: ids, codes, dates and names of institutions, nothing about a person. */
export interface CommissionData {
  readonly commission: CommissionId;
  /** As provisions write it: `CCAPEX`, `CDAPH`, `MDPH-EP`, `CLSPD`. */
  readonly kind: string;
  readonly name: string;
  /** The institution that keeps its secretariat. */
  readonly institution: InstitutionId;
  readonly purpose: Code<'Purpose'>;
  /** The provision under which its members share. */
  readonly regime: Code<'Provision'>;
}

export interface MemberData {
  readonly mandate: MandateId;
  readonly institution: InstitutionId;
  /** Left out: every case of the commission. */
  readonly cases?: readonly CaseId[];
  readonly validFrom: Effective;
  readonly validUntil?: Effective;
}

export type CommissionConstituted = DomainEvent<'CommissionConstituted', CommissionData>;
export type MemberAppointed = DomainEvent<'MemberAppointed', MemberData>;
export type MemberEnded = DomainEvent<
  'MemberEnded',
  { readonly mandate: MandateId; readonly until: Effective }
>;
export type SessionConvened = DomainEvent<
  'SessionConvened',
  { readonly session: SessionId; readonly on: Effective }
>;
export type AgendaItemAdded = DomainEvent<
  'AgendaItemAdded',
  { readonly session: SessionId; readonly case: CaseId }
>;
/** Who was in the room for one case, and nobody else. */
export interface Attendance {
  /** Members whose seat covers the case. */
  readonly present: readonly MandateId[];
  /** Others who were asked in for it, each under a mandate of theirs. */
  readonly guests: readonly MandateId[];
}
export type AttendanceRecorded = DomainEvent<
  'AttendanceRecorded',
  Attendance & { readonly session: SessionId; readonly case: CaseId }
>;
export type SessionClosed = DomainEvent<'SessionClosed', { readonly session: SessionId }>;

export type CommissionEvent =
  | CommissionConstituted
  | MemberAppointed
  | MemberEnded
  | SessionConvened
  | AgendaItemAdded
  | AttendanceRecorded
  | SessionClosed;
