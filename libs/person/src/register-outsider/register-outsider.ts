import { accept, asCode, type Decision } from '#decider';
import type { OutsiderData, OutsiderRegistered } from '../identity.events.js';
import type { Facts } from '../person-desk.js';
import type { ActivePerson } from '../person.state.js';
import { unknownCode } from '../rules.js';

export interface RegisterOutsider {
  readonly outsider: OutsiderData;
}

export function registerOutsider(
  _person: ActivePerson,
  { outsider }: RegisterOutsider,
  { catalogue }: Facts,
): Decision<OutsiderRegistered> {
  const { category, secrecyBasis } = outsider;
  if (category !== undefined && catalogue.actorCategory(category)?.wildcard !== false)
    return unknownCode('category', 'category of professionals');
  if (secrecyBasis !== undefined && !catalogue.binding(asCode(secrecyBasis)))
    return unknownCode('secrecyBasis', 'binding');
  return accept({ type: 'OutsiderRegistered', data: outsider });
}
