import type { Catalogue, ConsentRule } from '#catalogue';
import type { Basis, ConsentId, ProvisionCode } from '#person';

/**
 * What a disclosure rests on, and so what ends it: the consents that are named; else, where the provision lets
 * the person object, that they do not; else the provision by itself. Where the provision asks for a consent, or
 * there is no provision, nothing but a consent carries it: with none named it rests on one that nobody gave.
 */
export function basisOf(
  catalogue: Catalogue,
  provision: ProvisionCode | undefined,
  consents: readonly ConsentId[],
): Basis {
  const rule = provision === undefined ? 'prior-required' : catalogue.provision(provision)?.consent;
  return { ...(provision ? { provision } : {}), consents, restsOn: restsOn(rule, consents) };
}

function restsOn(rule: ConsentRule | undefined, consents: readonly ConsentId[]): Basis['restsOn'] {
  if (consents.length > 0 || rule === 'prior-required') return 'consent';
  return rule === 'objection-possible' ? 'absence-of-objection' : 'provision';
}
