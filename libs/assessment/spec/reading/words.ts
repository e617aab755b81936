// Who said what, read voice by voice (section d, the paragraphs under the consent table).
import type { Catalogue, Provision } from '#catalogue';
import type { Effective } from '#decider';
import type {
  Against,
  AssessmentFacts,
  Consent,
  ItemFacts,
  PartyFacts,
  PartyScope,
  Scope,
  Speaker,
} from '../../src/facts.js';
import type { DisclosureRequest } from '../../src/request.js';
import { ageOn, by, covers, foundAble } from './days.js';

export interface Question {
  readonly f: AssessmentFacts;
  readonly r: DisclosureRequest;
  readonly cat: Catalogue['content']['sections'];
  readonly p: Provision | undefined;
  readonly item: ItemFacts;
  readonly to: PartyFacts;
}

export interface Said {
  yes: Consent[];
  maybeYes: Consent[];
  no: Against[];
  maybeNo: Against[];
}

export function is(scope: PartyScope, who: PartyFacts): boolean {
  switch (scope.kind) {
    case 'institution':
      return who.institution === scope.institution;
    case 'category':
      // Functions are generated so that a function's holders belong to the institution that is named with it.
      return who.institution === scope.institution && who.function === scope.function;
    case 'mandate':
      return who.party.kind === 'mandate' && who.party.mandate === scope.mandate;
    case 'outsider':
      return who.party.kind === 'outsider' && who.party.outsider === scope.outsider;
  }
}

const name = (s: Speaker) => (s.kind === 'person' ? 'person' : s.representative);

function lists(scope: Scope, item: ItemFacts): boolean {
  return scope.items.includes(item.item) || (!!item.category && scope.categories.includes(item.category));
}

/** "A consent never widens by silence." */
function yesIsAboutThis(c: Consent, { f, r, item, to, p }: Question, anyDiscloser: boolean): boolean {
  if (!lists(c.scope, item) || !r.purpose || !c.scope.purposes.includes(r.purpose)) return false;
  if (p?.id === 'cc-1984-on-behalf' && !anyDiscloser && !c.scope.items.includes(item.item)) return false;
  const me = f.discloser.party;
  const mine = !c.discloser || anyDiscloser || (me.kind === 'mandate' && me.mandate === c.discloser);
  const hop = c.onward.some((s) => is(s, to)) && c.scope.recipients.some((s) => is(s, f.discloser));
  return (mine && c.scope.recipients.some((s) => is(s, to))) || hop;
}

function noIsAboutThis(w: Against, q: Question): boolean {
  const { scope } = w;
  if (scope.items.length + scope.categories.length > 0 && !lists(scope, q.item)) return false;
  if (scope.recipients.length > 0 && !scope.recipients.some((s) => is(s, q.to))) return false;
  if (scope.purposes.length > 0 && !(q.r.purpose && scope.purposes.includes(q.r.purpose))) return false;
  if (w.kind !== 'withdrawal') return true;
  const taken = q.f.consents.find((c) => c.id === w.of);
  return !taken || yesIsAboutThis(taken, q, true);
}

/** "comes from who may give it": yes, no, or nobody knows. */
function may(speaker: Speaker, when: Effective, q: Question, saying: 'yes' | 'no'): 'may' | '?' | 'not' {
  const { person, representatives } = q.f;
  const age = ageOn(person, when);
  const able = foundAble(person, when);
  if (speaker.kind === 'person') {
    if (saying === 'no') return 'may'; // "the person may always raise one"
    if (age === 'child') return q.item.keptFromParents ? 'may' : 'not'; // "the minor alone"
    if (able === false) return 'not';
    return age === 'grown' ? 'may' : '?';
  }
  const found = representatives.filter((x) => x.representative === speaker.representative);
  if (found.length === 0) return '?';
  let best: 'may' | '?' | 'not' = 'not';
  for (const x of found) {
    if (!covers(x.validFrom, x.validUntil, when)) continue;
    let here: 'may' | '?' | 'not' = 'not';
    if (x.kind === 'parental-authority') here = age === 'grown' ? 'not' : age === '?' ? '?' : 'may';
    if (x.kind === 'representation' && x.domain !== 'property') {
      if (age === 'child' || able === false) here = 'may';
      else here = age === '?' ? '?' : 'not'; // cc-459: the able adult alone
    }
    if (age === 'child' && q.item.keptFromParents) here = 'not';
    if (here === 'may' && !x.verified) here = '?';
    if (here === 'may' || (here === '?' && best === 'not')) best = here;
  }
  return best;
}

/** "the same day counts as later, unless the recorded order says otherwise" */
function noComesLater(w: Against, c: Consent): boolean {
  if (typeof w.at === 'string' && typeof c.at === 'string' && w.at !== c.at) return w.at > c.at;
  if (!by(w.at, c.at)) return true;
  if (!by(c.at, w.at)) return false;
  return w.order >= c.order;
}

export function said(q: Question): Said {
  const { f, r } = q;
  const out: Said = { yes: [], maybeYes: [], no: [], maybeNo: [] };
  const noes = f.against
    .filter((w) => by(w.at, r.at) && noIsAboutThis(w, q))
    .filter((w) => !(w.kind === 'objection' && w.liftedAt && by(w.liftedAt, r.at)))
    .filter((w) => may(w.by, w.at, q, 'no') !== 'not');
  const given = f.consents.filter(
    (c) =>
      (!r.consents || r.consents.includes(c.id)) &&
      by(c.at, r.at) &&
      by(c.validFrom, r.at) &&
      yesIsAboutThis(c, q, false),
  );

  for (const c of given) {
    if (c.validUntil && !by(r.at, c.validUntil)) continue;
    let standing = may(c.by, c.at, q, 'yes');
    const then = ageOn(f.person, c.at);
    const now = ageOn(f.person, r.at);
    if (c.by.kind === 'representative' && then !== 'grown' && now !== 'child') {
      // "at majority parental consents lapse"
      if (then === 'child' && now === 'grown') standing = 'not';
      else if (foundAble(f.person, c.at) !== false && standing === 'may') standing = '?';
    }
    const ended = noes.some(
      (w) => (w.by.kind === 'person' || name(w.by) === name(c.by)) && noComesLater(w, c),
    );
    if (ended || standing === 'not') continue;
    (standing === 'may' ? out.yes : out.maybeYes).push(c);
  }
  for (const w of noes) {
    const over =
      w.kind !== 'objection' && // "an objection until lifted"
      given.some(
        (c) =>
          may(c.by, c.at, q, 'yes') === 'may' &&
          !noComesLater(w, c) &&
          (w.by.kind === 'person' || c.by.kind === 'person' || name(w.by) === name(c.by)),
      );
    if (!over) (may(w.by, w.at, q, 'no') === 'may' ? out.no : out.maybeNo).push(w);
  }
  return out;
}

/** Known holders of parental authority, guardian included, when it happens. */
export function holders({ f, r }: Question): string[] {
  return f.representatives
    .filter(
      (x) => x.kind === 'parental-authority' || (x.kind === 'representation' && x.domain !== 'property'),
    )
    .filter((x) => covers(x.validFrom, x.validUntil, r.at))
    .map((x) => x.representative);
}

export function nobodyMayGive(q: Question): boolean {
  const { f, r, item } = q;
  const age = ageOn(f.person, r.at);
  if (age === 'child') return !item.keptFromParents && holders(q).length === 0;
  if (foundAble(f.person, r.at) !== false) return false;
  const measure = f.representatives.some(
    (x) => x.kind === 'representation' && x.domain !== 'property' && covers(x.validFrom, x.validUntil, r.at),
  );
  return !measure && !(age === '?' && holders(q).length > 0);
}

/** "one consents, another refuses, objects or withdraws, in either order" */
export function split({ yes, no, maybeNo }: Said): boolean {
  for (const c of yes)
    for (const w of [...no, ...maybeNo])
      if (c.by.kind === 'representative' && w.by.kind === 'representative' && name(c.by) !== name(w.by))
        return true;
  return false;
}

export function oneSilent(q: Question, { yes }: Said): boolean {
  if (ageOn(q.f.person, q.r.at) !== 'child' || q.item.keptFromParents) return false;
  const agreed = new Set(yes.filter((c) => c.by.kind === 'representative').map((c) => name(c.by)));
  const all = holders(q);
  return all.some((h) => agreed.has(h as never)) && all.some((h) => !agreed.has(h as never));
}
