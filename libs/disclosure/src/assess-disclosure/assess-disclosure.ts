import type { Assessment } from '#assessment';
import type { ActivePerson, Intended } from '#person';
import type { Rejected } from '#time';
import { judgeIntention, type IntendedFacts } from '../intended.js';
import { rejectUnintelligible } from '../unintelligible.js';

/** May I share this? The same answer that recording the act would get, and nothing is recorded. */
export function assessDisclosure(
  person: ActivePerson,
  intended: Intended,
  facts: IntendedFacts,
): Rejected | { readonly kind: 'assessed'; readonly assessment: Assessment } {
  return (
    rejectUnintelligible(person, intended, facts) ?? {
      kind: 'assessed',
      assessment: judgeIntention(person, intended, facts).assessment,
    }
  );
}
