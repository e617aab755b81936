import { LEVELS, type Catalogue, type Level } from '#catalogue';
import type { Act } from './cell.js';
import type { HoldingFacts, ItemFacts } from './facts.js';
import { strengthOf } from './secrecy.js';

function higher(a: Level, b: Level): Level {
  return LEVELS.indexOf(a) >= LEVELS.indexOf(b) ? a : b;
}

export function isLower(a: Level, b: Level): boolean {
  return LEVELS.indexOf(a) < LEVELS.indexOf(b);
}

/** The level below which declaring is remarked upon. A category that is not known protects like the highest. */
export function categoryDefault({ category }: ItemFacts, catalogue: Catalogue): Level {
  return (category && catalogue.category(category)?.defaultLevel) ?? 'secret';
}

/**
 * The highest of: the declared level (none: secret), `personal` (it stands on a person's stream), the category's
 * default, and secret where it was learnt under a firm duty of secrecy. Nobody makes a secret shareable by
 * declaring less.
 */
export function effectiveLevel(item: ItemFacts, act: Omit<Act, 'requisition'>): Level {
  const learnt: Level = learntInSecrecy(item, act) ? 'secret' : 'personal';
  return [item.level ?? 'secret', categoryDefault(item, act.catalogue)].reduce(higher, learnt);
}

/** Without a recorded holding it counts as learnt under each of the actor's mandates. */
function learntInSecrecy(item: ItemFacts, act: Omit<Act, 'requisition'>): boolean {
  const { discloser } = act.facts;
  const own =
    discloser.party.kind === 'mandate'
      ? [{ mandate: discloser.party.mandate, secrecy: discloser.secrecy }]
      : [];
  const outsider =
    discloser.party.kind === 'outsider'
      ? [{ mandate: discloser.party.outsider, secrecy: discloser.secrecy }]
      : [];
  const capacities = [...own, ...outsider, ...discloser.otherMandates];
  const learntUnder = new Set<string>(item.holdings.map((h) => h.holder));
  return capacities
    .filter(({ mandate }) => learntUnder.size === 0 || learntUnder.has(mandate))
    .some(({ secrecy }) => strengthOf(secrecy, act.provision, act.catalogue) === 'firm');
}

/** Holdings under the acting mandate; where there is none, all that its holder has. */
export function holdingsOf(item: ItemFacts, { facts }: Pick<Act, 'facts'>): readonly HoldingFacts[] {
  const { party } = facts.discloser;
  const acting =
    party.kind === 'mandate' ? party.mandate : party.kind === 'outsider' ? party.outsider : undefined;
  const own = item.holdings.filter((h) => h.holder === acting);
  return own.length > 0 ? own : item.holdings;
}

/** Two chains to one item: only what was learnt nowhere but in sessions is bound to them. */
export function learntInSession(item: ItemFacts, act: Pick<Act, 'facts'>): boolean {
  const holdings = holdingsOf(item, act);
  return holdings.length > 0 && holdings.every((h) => h.session !== undefined);
}

/** What an exclusion may hit: its category, the third party it is about, and being secret. */
export function exclusionCategories(item: ItemFacts, level: Level): ReadonlySet<string> {
  return new Set([
    ...(item.category === undefined ? [] : [item.category]),
    ...(isAboutThirdParty(item) ? ['third-party'] : []),
    ...(level === 'secret' ? ['secret-information'] : []),
  ]);
}

export function isAboutThirdParty({ category, thirdParty }: ItemFacts): boolean {
  return category === 'third-party' || (thirdParty !== undefined && thirdParty.trim() !== '');
}
