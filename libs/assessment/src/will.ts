import type { Act } from './cell.js';
import { ageAt, compareTold, hasBegun, isOver } from './dates.js';
import type { Against, Consent, ItemFacts, PartyFacts, Representative, Speaker } from './facts.js';
import { consentCovers, consentReaches, coversOpenly, namesItemItself, type Passing } from './scope.js';
import type { Stance } from './stance.js';
import {
  againstStanding,
  consentStanding,
  holdersOf,
  nobodyMayConsent,
  standingAfterMajority,
  weaker,
} from './standing.js';

export function stanceOn(item: ItemFacts, recipient: PartyFacts, act: Act): Stance {
  const { facts, at } = act;
  const passing: Passing = { item, recipient, purpose: act.request.purpose };
  const words = facts.against.filter((w) => isAbout(w, passing, act) && hasBegun(w.at, at));
  const weighed = words.map((word) => ({ word, standing: againstStanding(word, item, facts) }));
  const standing = weighed.filter((w) => w.standing !== 'does-not-count' && !isLifted(w.word, act));

  const given = facts.consents
    .filter(
      (c) =>
        isReliedOn(c, act) && isGivenFor(c, passing, act) && hasBegun(c.at, at) && hasBegun(c.validFrom, at),
    )
    .map((consent) => ({ consent, standing: consentStanding(consent, item, facts) }));
  const lasting = given
    .filter(({ consent }) => !isOver(consent, at) && !standing.some(({ word }) => endsConsent(word, consent)))
    .map(({ consent, standing: s }) => ({
      consent,
      standing: weaker(s, standingAfterMajority(consent, facts, at)),
    }));
  const valid = lasting.filter((c) => c.standing === 'counts').map((c) => c.consent);

  // A consent that has run out since, or was taken back, had nevertheless ended the refusal before it.
  const inForceNow = standing.filter(
    ({ word }) => !given.some(({ consent, standing: s }) => s === 'counts' && endsWord(consent, word)),
  );
  const against = inForceNow.filter((w) => w.standing === 'counts').map((w) => w.word);
  const doubtfulAgainst = inForceNow.filter((w) => w.standing === 'doubtful').map((w) => w.word);
  return {
    valid,
    doubtful: lasting.filter((c) => c.standing === 'doubtful').map((c) => c.consent),
    against,
    doubtfulAgainst,
    disagreement: disagree(valid, [...against, ...doubtfulAgainst]),
    oneSilent: oneIsSilent(item, valid, act),
    nobodyMayConsent: nobodyMayConsent(item, facts, at),
  };
}

function isReliedOn({ id }: Consent, { request }: Act): boolean {
  return request.consents === undefined || request.consents.includes(id);
}

/** A request made in the person's name needs their word on each item itself (C. civ. 1984). */
function isGivenFor(consent: Consent, passing: Passing, { facts, provision }: Act): boolean {
  if (provision?.id === 'cc-1984-on-behalf' && !namesItemItself(consent, passing.item)) return false;
  return consentCovers(consent, passing, facts.discloser);
}

/** A withdrawal takes back what it excludes, within the consent that it withdraws. */
function isAbout(word: Against, passing: Passing, { facts }: Act): boolean {
  if (!coversOpenly(word.scope, passing)) return false;
  if (word.kind !== 'withdrawal') return true;
  const withdrawn = facts.consents.find((c) => c.id === word.of);
  return withdrawn === undefined || consentReaches(withdrawn, passing, facts.discloser);
}

function isLifted(word: Against, { at }: Act): boolean {
  return word.kind === 'objection' && word.liftedAt !== undefined && hasBegun(word.liftedAt, at);
}

/** Each one's word ends only their own consent; the person's ends everybody's. */
function endsConsent(word: Against, consent: Consent): boolean {
  return (word.by.kind === 'person' || sameVoice(word.by, consent.by)) && !comesAfter(consent, word);
}

/** A refusal or withdrawal holds until a later valid consent; an objection until it is lifted. */
function endsWord(consent: Consent, word: Against): boolean {
  if (word.kind === 'objection' || !comesAfter(consent, word)) return false;
  return word.by.kind === 'person' || consent.by.kind === 'person' || sameVoice(word.by, consent.by);
}

/** On one day the recorded order decides; where that is equal too, what stands against sharing is later. */
function comesAfter(consent: Consent, word: Against): boolean {
  const told = compareTold(consent.at, word.at);
  return told === 0 ? consent.order > word.order : told > 0;
}

function sameVoice(a: Speaker, b: Speaker): boolean {
  if (a.kind === 'person' || b.kind === 'person') return a.kind === b.kind;
  return a.representative === b.representative;
}

function disagree(valid: readonly Consent[], against: readonly Against[]): boolean {
  return valid.some(
    (c) =>
      c.by.kind === 'representative' &&
      against.some((w) => w.by.kind === 'representative' && !sameVoice(c.by, w.by)),
  );
}

/** Asked of minors only: a guardian or parent who has consented, another holder who has not. */
function oneIsSilent(item: ItemFacts, valid: readonly Consent[], { facts, at }: Act): boolean {
  if (ageAt(facts.person, at) !== 'minor' || item.keptFromParents) return false;
  const consented = (r: Representative) =>
    valid.some((c) => c.by.kind === 'representative' && c.by.representative === r.representative);
  const holders = holdersOf(facts, at);
  return holders.some(consented) && holders.some((r) => !consented(r));
}
