import type { Assessment } from '#assessment';
import type { CaseId, CommissionId, SessionId } from '#commission';
import type { Effective } from '#decider';
import type { ItemView, ProfessionalView } from '../views.js';
import type { Preparation } from './preparation.js';

export interface ReportView {
  readonly author: ProfessionalView;
  readonly date: Effective;
  readonly diagnosisSources: string;
  readonly criteria: string;
  readonly knownToPerson?: boolean;
}

export interface PreparedCase {
  readonly case: CaseId;
  readonly person: string;
  readonly personName: string;
  readonly question: string;
  readonly whyCollective: string;
  readonly reporter: ProfessionalView;
  readonly report: ReportView | null;
  readonly items: readonly ItemView[];
  /** Members whose seat covers the case on that day. */
  readonly expected: readonly ProfessionalView[];
  /** Null: nobody is expected. */
  readonly preparation: Preparation | null;
  /** The nine points behind it. */
  readonly assessment: Assessment | null;
}

/** A session as its secretariat prepares it. */
export interface PreparedSession {
  readonly commission: CommissionId;
  readonly name: string;
  readonly kind: string;
  readonly purpose: string;
  readonly regime: string;
  readonly session: SessionId;
  readonly on: Effective;
  readonly agenda: readonly PreparedCase[];
}
