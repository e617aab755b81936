import { cite, citeCode, type Cell, type Point, type Ruling } from './cell.js';
import { recipientIsListed } from './point-5-standing.js';
import type { RuleId } from './rules/rules.js';
import { discloserStrength, recipientStrength, type Strength } from './secrecy.js';

/** Asked where the provision asks for it, and of both where a secret item cites none. */
export const secrecyOfActors: Point = (cell) => {
  const { provision, facts, recipient, level } = cell;
  const withoutText = provision === undefined && level === 'secret';
  const rulings: Ruling[] = [];
  if (withoutText || provision?.disclosers.mustBeBoundBySecrecy === true)
    rulings.push({
      rule: DISCLOSER[discloserStrength(cell)],
      facts: [...cite('mandate', facts.discloser), ...bindings(facts.discloser.secrecy)],
    });
  if (withoutText || provision?.recipients.mustBeBoundBySecrecy === true)
    rulings.push({
      rule: RECIPIENT[recipientStrength(recipient, cell)],
      facts: [...cite('mandate', recipient), ...bindings(recipient.secrecy)],
      // The safety rule helps a debated recipient only where the provision lists it.
      ...(recipientIsListed(cell) ? {} : { firm: true as const }),
    });
  return rulings;
};

const DISCLOSER: Readonly<Record<Strength, RuleId>> = {
  firm: 'p6-ok',
  debated: 'p6-discloser-debated',
  none: 'p6-discloser-unbound',
};
const RECIPIENT: Readonly<Record<Strength, RuleId>> = {
  firm: 'p6-ok',
  debated: 'p6-recipient-debated',
  none: 'p6-recipient-unbound',
};

function bindings(secrecy: Cell['recipient']['secrecy']) {
  return citeCode('binding', ...secrecy.map((s) => s.binding));
}
