import type { Act } from './cell.js';
import { inForce } from './dates.js';
import type { ItemFacts, PartyFacts, Representative } from './facts.js';

/**
 * Telling the person, or a verified representative within their scope, is information and no disclosure: nothing
 * is asked of it. What is kept from the representative or deferred stays outside; so do trusted persons, who are
 * recipients, and assistance in personal matters, which the adult must agree to (CSP L1111-2).
 */
export function isTellingThePerson(
  item: ItemFacts,
  { party, representative }: PartyFacts,
  act: Act,
): boolean {
  if (item.deferred) return false;
  if (party.kind === 'person') return true;
  return (
    representative !== undefined &&
    act.facts.representatives.some(
      (r) => r.representative === representative && r.verified && inForce(r, act.at) && isInScope(r, item),
    )
  );
}

function isInScope({ kind, domain }: Representative, item: ItemFacts): boolean {
  const money = item.category === 'resources-debt';
  switch (kind) {
    case 'parental-authority':
      return item.keptFromParents !== true;
    case 'representation':
      return (domain !== 'property' && item.keptFromParents !== true) || money;
    case 'assistance':
      return domain !== 'personal' && money;
    case 'trusted-person':
      return false;
  }
}
