import type { Catalogue, Provision } from '#catalogue';
import type { Act } from './cell.js';
import type { PartyFacts, SecrecyBasis } from './facts.js';

export type Strength = 'firm' | 'debated' | 'none';

/**
 * How firmly these texts bind under this provision. The catalogue has the last word: a text that it holds debated
 * is firm only under the provisions it names, a code that it does not know binds nobody.
 */
export function strengthOf(
  bases: readonly SecrecyBasis[],
  provision: Pick<Provision, 'id'> | undefined,
  catalogue: Catalogue,
): Strength {
  const strengthOfOne = ({ binding, firm }: SecrecyBasis): Strength => {
    const known = catalogue.binding(binding);
    if (known === undefined) return 'none';
    const firmHere = provision !== undefined && known.firmFor.includes(provision.id);
    return firmHere || (known.firmness === 'firm' && firm) ? 'firm' : 'debated';
  };
  const strengths = new Set(bases.map(strengthOfOne));
  if (strengths.has('firm')) return 'firm';
  return strengths.has('debated') ? 'debated' : 'none';
}

/** An authority that the cited provision itself designates is bound by that provision. */
export function recipientStrength(recipient: PartyFacts, act: Act): Strength {
  const designated = isDesignated(recipient, act.provision?.recipients.categories ?? [], act.catalogue);
  return designated ? 'firm' : strengthOf(recipient.secrecy, act.provision, act.catalogue);
}

export function discloserStrength(act: Act): Strength {
  const { discloser } = act.facts;
  const listed = act.provision
    ? [...act.provision.recipients.categories, ...act.provision.disclosers.categories]
    : [];
  if (isDesignated(discloser, listed, act.catalogue)) return 'firm';
  return strengthOf(discloser.secrecy, act.provision, act.catalogue);
}

function isDesignated({ categories }: PartyFacts, listed: readonly string[], catalogue: Catalogue): boolean {
  const carried = catalogue.allCategories(categories);
  return listed.some((code) => carried.has(code) && catalogue.actorCategory(code)?.authority === true);
}
