import type { Assessment } from '#assessment';
import type { ActivePerson, Intended, ItemLeftOut } from '#person';
import type { Rejected } from '#time';
import { judgeOutgoing } from '../alert.js';
import type { IntendedFacts } from '../intended.js';
import { rejectReviewedBefore, rejectUnintelligible } from '../unintelligible.js';

export interface Assessed {
  /** Of what would go out. */
  readonly assessment: Assessment;
  /** Excessive items that an alert would go out without, and why. */
  readonly leftOut: readonly ItemLeftOut[];
}

/** May I share this? The same answer that recording the act would get, and nothing is recorded. */
export function assessDisclosure(
  person: ActivePerson,
  intended: Intended,
  facts: IntendedFacts,
): Rejected | ({ readonly kind: 'assessed' } & Assessed) {
  const rejected = rejectUnintelligible(person, intended, facts) ?? rejectReviewedBefore(intended);
  if (rejected) return rejected;
  const { judged, intended: outgoing } = judgeOutgoing(person, intended, facts);
  const leftOut = outgoing.declared.leftOut?.why ?? [];
  return { kind: 'assessed', assessment: judged.assessment, leftOut };
}
