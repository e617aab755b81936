// Informed: "before the act (the same civil day counts), covering item, recipient and purpose; …"
import { ageOn, by, covers, day, foundAble } from './days.js';
import { holders, is, type Question } from './words.js';

/** "the care team": the same team on record, the same establishment, or declared so within one institution. */
export function together({ f, r, p, to }: Question): boolean {
  const mine = f.discloser.care.filter((c) => covers(c.validFrom, c.validUntil, r.at));
  const theirs = to.care.filter((c) => covers(c.validFrom, c.validUntil, r.at));
  const oneHouse = to.institution !== undefined && to.institution === f.discloser.institution;
  if (mine.length > 0 && theirs.length > 0) {
    for (const a of mine) for (const b of theirs) if (a.team && a.team === b.team) return true;
    if ([...mine, ...theirs].every((c) => c.team)) return false;
    if (oneHouse) return true;
  }
  if (p?.recipients.relationship !== 'same-care-team' || !oneHouse) return false;
  return !gone(f.discloser.care, mine, r.at) && !gone(to.care, theirs, r.at);
}

export function gone(
  all: Question['to']['care'],
  now: Question['to']['care'],
  at: Question['r']['at'],
): boolean {
  return now.length === 0 && all.some((c) => by(c.validFrom, at));
}

export function informed(q: Question): 'yes' | 'partly' | 'no' {
  const { f, r, item, to } = q;
  const told = new Set<string>();
  for (const info of f.informations) {
    if (day(info.at) > day(r.at)) continue;
    const { scope } = info;
    const itemNamed =
      scope.items.includes(item.item) || (!!item.category && scope.categories.includes(item.category));
    const purposeNamed = !!r.purpose && scope.purposes.includes(r.purpose);
    const general = scope.recipients.length === 0;
    if (general && !together(q)) continue;
    if (!general && !scope.recipients.some((s) => is(s, to))) continue;
    if (!itemNamed && !(general && scope.items.length + scope.categories.length === 0)) continue;
    if (!purposeNamed && !(general && scope.purposes.length === 0)) continue;
    told.add(info.to.kind === 'person' ? 'person' : info.to.representative);
  }
  const age = ageOn(f.person, r.at);
  const all = holders(q) as string[];
  if (age === 'child' && !item.keptFromParents && all.length > 0) {
    const must = foundAble(f.person, r.at) === true ? [...all, 'person'] : all;
    const heard = must.filter((m) => told.has(m)).length;
    return heard === must.length ? 'yes' : heard > 0 ? 'partly' : 'no';
  }
  if (told.has('person')) return 'yes';
  const othersMayHear = age === '?' || (age === 'grown' && foundAble(f.person, r.at) === false);
  return othersMayHear && all.some((m) => told.has(m)) ? 'yes' : 'no';
}
