import type { CaseId, CommissionId, SessionId } from '#commission';
import type { Effective } from '#decider';
import type { ItemView, ProfessionalView } from '../views.js';

export interface HeardView {
  readonly member: ProfessionalView;
  readonly items: readonly ItemView[];
}

export interface ConclusionView {
  readonly kind: 'opinion' | 'decision';
  readonly label: string;
  readonly levers?: string;
  readonly accompaniment?: string;
  readonly cooperation?: string;
  readonly on: Effective;
}

export interface HeardCase {
  readonly case: CaseId;
  readonly person: string;
  readonly personName: string;
  readonly question: string;
  readonly reporter: ProfessionalView;
  readonly present: readonly ProfessionalView[];
  readonly guests: readonly ProfessionalView[];
  /** What was tabled to whom, as far as the caller may see. */
  readonly tabled: readonly HeardView[];
  readonly conclusions: readonly ConclusionView[];
  /** Who has still to attest the destruction of what. */
  readonly toAttest: readonly HeardView[];
}

/** A session as it was held. */
export interface HeldSession {
  readonly commission: CommissionId;
  readonly name: string;
  readonly kind: string;
  readonly purpose: string;
  readonly regime: string;
  readonly session: SessionId;
  readonly on: Effective;
  readonly closedAt: Effective | null;
  /** The day by which destruction is attested: `2026-04-22`. */
  readonly attestBy: string | null;
  /** The cases of the agenda that the caller may see. */
  readonly agenda: readonly HeardCase[];
}
