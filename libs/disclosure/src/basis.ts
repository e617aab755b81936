import type { Assessment, RuleId, Rulings, State } from '#assessment';
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

/** What point 4 says of one item for one recipient; the ruling that decides comes first. */
interface OnConsent {
  readonly disclosure: boolean;
  readonly said: readonly { readonly rule: RuleId; readonly state: State; readonly softened: boolean }[];
}

/**
 * What carries an act, or a part of it, that no word of the person does: a human being who decided, the safety rule, a
 * written exception, or the provision where nobody's word is asked for. Undefined: nothing of the kind.
 * @param otherwise what it rests on without; a consent that carries a part is named, so the rest needs none
 */
export function carrierOf(cells: Assessment['cells'], otherwise: RestsOn): RestsOn | undefined {
  const found = cells.map(({ disclosure, points }) => {
    const fourth = points[3]!;
    return { disclosure, said: [fourth, ...fourth.also] };
  });
  return carrying(found, (isFree) => (otherwise === 'consent' ? found.some(isFree) : found.every(isFree)));
}

/** The same of an act that is reported: of nobody it is known that they decided, and every part needs its own. */
export function carrierOfReport(cells: Rulings['cells']): RestsOn | undefined {
  const found = cells.map(({ disclosure, rulings }) => ({
    disclosure,
    said: rulings.filter(({ point }) => point === 4),
  }));
  const carrier = carrying(found, (isFree) => found.length > 0 && found.every(isFree));
  return carrier === 'human-decision' ? undefined : carrier;
}

function carrying(
  cells: readonly OnConsent[],
  asksNothing: (isFree: (cell: OnConsent) => boolean) => boolean,
): RestsOn | undefined {
  const found = cells.flatMap(({ said }) => said);
  const ofConsent = found.filter(({ rule }) => OF_CONSENT.has(rule));
  if (ofConsent.some(({ state }) => state === 'escalate')) return 'human-decision';
  if (ofConsent.some(({ softened }) => softened)) return 'safety-rule';
  if (found.some(({ rule }) => rule === 'p4-emergency')) return 'exception';
  return asksNothing(isFree) ? 'provision' : undefined;
}

/** Telling a representative asks for nobody's consent: none that is missing or withdrawn ends what they know. */
function isFree({ disclosure, said }: OnConsent): boolean {
  return !disclosure || ASKS_NOTHING.has(said[0]!.rule);
}
