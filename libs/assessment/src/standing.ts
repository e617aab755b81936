import type { Effective } from '#decider';
import { ableToDecide, ageAt, assessedAble, inForce } from './dates.js';
import type { Against, AssessmentFacts, Consent, ItemFacts, PersonFacts, Representative } from './facts.js';

/** Whether a word counts: `doubtful` where who spoke, or for whom, is not established. */
export type Standing = 'counts' | 'doubtful' | 'does-not-count';

const WEAKEST_FIRST: readonly Standing[] = ['does-not-count', 'doubtful', 'counts'];

export function weaker(a: Standing, b: Standing): Standing {
  return WEAKEST_FIRST.find((s) => s === a || s === b)!;
}

function strongest(standings: readonly Standing[]): Standing {
  return WEAKEST_FIRST.findLast((s) => standings.some((known) => known === s)) ?? 'does-not-count';
}

type Speaking = Pick<AssessmentFacts, 'person' | 'representatives'>;

/**
 * Who may consent (C. civ. 371-1, 372, 459; CSP L1111-5), when they do: an adult alone as far as able, otherwise
 * whoever holds a measure with representation in personal matters; for a minor, holders of parental authority,
 * except for what is kept from them.
 */
export function consentStanding(consent: Consent, item: ItemFacts, facts: Speaking): Standing {
  return consent.by.kind === 'person'
    ? ownConsent(item, facts.person, consent.at)
    : representativeStanding(consent, item, facts);
}

/** What was given for a minor lapses at majority; doubtful where the age is not known. */
export function standingAfterMajority({ by, at }: Consent, { person }: Speaking, act: Effective): Standing {
  if (by.kind === 'person' || ageAt(person, at) === 'adult' || ageAt(person, act) === 'minor')
    return 'counts';
  if (ageAt(person, at) === 'minor' && ageAt(person, act) === 'adult') return 'does-not-count';
  return assessedAble(person, at) === false ? 'counts' : 'doubtful';
}

function ownConsent(item: ItemFacts, person: PersonFacts, at: Effective): Standing {
  const age = ageAt(person, at);
  if (age === 'minor') return item.keptFromParents ? 'counts' : 'does-not-count';
  if (assessedAble(person, at) === false) return 'does-not-count';
  return age === 'adult' ? 'counts' : 'doubtful';
}

/** The person may always refuse or object; so may whoever may consent for them when they speak. */
export function againstStanding(word: Against, item: ItemFacts, facts: Speaking): Standing {
  return word.by.kind === 'person' ? 'counts' : representativeStanding(word, item, facts);
}

function representativeStanding(
  { by, at }: Pick<Consent | Against, 'by' | 'at'>,
  item: ItemFacts,
  { person, representatives }: Speaking,
): Standing {
  if (by.kind === 'person') return 'counts';
  const claimed = representatives.filter((r) => r.representative === by.representative);
  // Somebody on record nowhere may still be a parent: that is for a human to find out.
  if (claimed.length === 0) return 'doubtful';
  const standings = claimed
    .filter((r) => inForce(r, at))
    .map((r) => weaker(mayDecide(r, item, person, at), r.verified ? 'counts' : 'doubtful'));
  return strongest(standings);
}

function mayDecide(r: Representative, item: ItemFacts, person: PersonFacts, at: Effective): Standing {
  const age = ageAt(person, at);
  if (!speaksInPersonalMatters(r)) return 'does-not-count';
  if (age === 'minor') return item.keptFromParents ? 'does-not-count' : 'counts';
  if (r.kind === 'parental-authority') return age === 'adult' ? 'does-not-count' : 'doubtful';
  if (assessedAble(person, at) === false) return 'counts';
  return age === 'adult' ? 'does-not-count' : 'doubtful';
}

/** Assistance (curatelle) and trusted persons never decide for the person; nor does a measure on property. */
function speaksInPersonalMatters({ kind, domain }: Representative): boolean {
  return kind === 'parental-authority' || (kind === 'representation' && domain !== 'property');
}

/** Whether it is established that somebody speaks for the person then: parental authority ends at majority (C. civ. 371-1). */
export function isInOfficeFor(r: Representative, person: PersonFacts, at: Effective): boolean {
  const isOver = r.kind === 'parental-authority' && ageAt(person, at) === 'adult';
  return r.verified && inForce(r, at) && !isOver;
}

/** Known holders of parental authority, or the minor's guardian, at the act; verified or not. */
export function holdersOf({ representatives }: Speaking, at: Effective): readonly Representative[] {
  return representatives.filter((r) => speaksInPersonalMatters(r) && inForce(r, at));
}

/** Nobody known may consent: an adult unable to, with no personal measure; a minor whose holders are unknown. */
export function nobodyMayConsent(item: ItemFacts, facts: Speaking, at: Effective): boolean {
  const age = ageAt(facts.person, at);
  const holders = holdersOf(facts, at);
  if (age === 'minor') return !item.keptFromParents && holders.length === 0;
  if (ableToDecide(facts.person, at) || assessedAble(facts.person, at) !== false) return false;
  return !holders.some((r) => r.kind === 'representation' || age === 'unknown');
}
