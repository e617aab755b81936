import type { Assessment, RuleId } from '#assessment';
import type { Catalogue, ConsentRule } from '#catalogue';
import type { Basis, ConsentId, ProvisionCode, RestsOn } from '#person';

/**
 * What a disclosure rests on, and so what ends it: the consents that are named; else, where the provision lets
 * the person object, that they do not; else the provision by itself. Where the provision asks for a consent, or
 * there is no provision, nothing but a consent carries it: with none named it rests on one that nobody gave.
 * @param carrier what carries it instead, see `carrierOf`
 */
export function basisOf(
  catalogue: Catalogue,
  provision: ProvisionCode | undefined,
  consents: readonly ConsentId[],
  carrier?: RestsOn,
): Basis {
  const rule = provision === undefined ? 'prior-required' : catalogue.provision(provision)?.consent;
  return { ...(provision ? { provision } : {}), consents, restsOn: carrier ?? restsOn(rule, consents) };
}

function restsOn(rule: ConsentRule | undefined, consents: readonly ConsentId[]): RestsOn {
  if (consents.length > 0 || rule === 'prior-required') return 'consent';
  return rule === 'objection-possible' ? 'absence-of-objection' : 'provision';
}

/** What the person said, or did not say, as the consent table finds it where it does not simply let the act pass. */
const OF_CONSENT: ReadonlySet<RuleId> = new Set([
  'p4-consent-missing',
  'p4-consent-doubtful',
  'p4-nobody-may-consent',
  'p4-objected',
  'p4-objection-doubtful',
  'p4-objection-to-weigh',
  'p4-parents-disagree',
]);

/** Nothing is asked of the person here: the secrecy of an inquiry, or a level at which the point does not arise. */
const ASKS_NOTHING: ReadonlySet<RuleId> = new Set(['p4-requisition', 'below-level']);

type Cells = Pick<Assessment, 'cells'>['cells'];

/**
 * What carries an act, or a part of it, that no word of the person does: a human being who decided, the safety rule, a
 * written exception, or the provision where nobody's word is asked for. Undefined: nothing of the kind.
 * @param otherwise what it rests on without; a consent that carries a part is named, so the rest needs none
 */
export function carrierOf(cells: Cells, otherwise: RestsOn): RestsOn | undefined {
  const found = cells.flatMap(({ points }) => points[3]!).flatMap((point) => [point, ...point.also]);
  const ofConsent = found.filter(({ rule }) => OF_CONSENT.has(rule));
  if (ofConsent.some(({ state }) => state === 'escalate')) return 'human-decision';
  if (ofConsent.some(({ softened }) => softened)) return 'safety-rule';
  if (found.some(({ rule }) => rule === 'p4-emergency')) return 'exception';
  const asksNothing = otherwise === 'consent' ? cells.some(isFree) : cells.every(isFree);
  return asksNothing ? 'provision' : undefined;
}

/** Telling a representative asks for nobody's consent: none that is missing or withdrawn ends what they know. */
function isFree({ disclosure, points }: Cells[number]): boolean {
  return !disclosure || ASKS_NOTHING.has(points[3]!.rule);
}
