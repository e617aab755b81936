import type { Catalogue } from '#catalogue';
import type { Code } from '#decider';
import type { SecrecyBasis } from './institution.events.js';

/** Whether a binding is firm is the catalogue's answer, never the caller's. */
export function secrecyBasisOf(binding: Code<'Binding'>, catalogue: Catalogue): SecrecyBasis {
  return { binding, firm: catalogue.binding(binding)?.firmness === 'firm' };
}
