// Points 5 and 6: who discloses, who receives, and what binds them.
import type { Membership, PartyFacts } from '../../src/facts.js';
import { ageOn, covers } from './days.js';
import { gone } from './informing.js';
import { bound, type Page } from './page.js';

/** A physician is a health professional: the catalogue says which category includes which, one step deep. */
function carried({ cat }: Page, who: PartyFacts): string[] {
  const wider = who.categories.flatMap((c) => cat.actors.find((a) => a.code === c)?.includedIn ?? []);
  return [...who.categories, ...wider];
}

export function inOffice(who: PartyFacts, { r }: Pick<Page, 'r'>): boolean {
  return !who.period || covers(who.period.validFrom, who.period.validUntil, r.at);
}

/** "Other authority that a provision itself designates" */
function strength(page: Page, who: PartyFacts, side: 'from' | 'to'): 'none' | 'debated' | 'firm' {
  const listed = new Set([
    ...(page.p?.recipients.categories ?? []),
    ...(side === 'from' ? (page.p?.disclosers.categories ?? []) : []),
  ]);
  for (const c of carried(page, who))
    if (listed.has(c) && page.cat.actors.some((a) => a.code === c && a.authority)) return 'firm';
  return bound(who.secrecy, page);
}

function listedRecipient(page: Page): boolean {
  const listed = page.p?.recipients.categories ?? [];
  return listed.includes('any') || carried(page, page.to).some((c) => listed.includes(c));
}

export function pointFive(page: Page): void {
  const { f, r, p, to, level, words, sheet, session, cat } = page;
  const from = f.discloser;
  if (!inOffice(from, page)) sheet.mark(5, 'BLOCK', { soft: true });
  if (!inOffice(to, page)) sheet.mark(5, 'BLOCK');
  const serves = r.purpose !== undefined && to.serves.includes(r.purpose);
  if (!p) {
    const { party } = to;
    const named =
      party.kind === 'outsider' &&
      words.yes.some((c) =>
        [...c.scope.recipients, ...c.onward].some(
          (s) => s.kind === 'outsider' && s.outsider === party.outsider,
        ),
      );
    if (level === 'secret' || !(serves || named)) sheet.mark(5, 'BLOCK');
  }
  if (p) {
    const list = p.disclosers.categories;
    if (!list.includes('any') && !carried(page, from).some((c) => list.includes(c))) {
      const how = list.includes('any-bound-by-secrecy') ? strength(page, from, 'from') : 'none';
      if (how === 'none') sheet.mark(5, 'BLOCK');
      if (how === 'debated') sheet.mark(5, 'ESC', { soft: true });
    }
    if (!listedRecipient(page)) sheet.mark(5, 'BLOCK');
    if (
      p.recipients.identification === 'named-individually' &&
      !['mandate', 'outsider'].includes(to.party.kind)
    )
      sheet.mark(5, 'BLOCK');
    if (p.disclosers.mustTakePartInCare) care(page, from);
    relation(page, serves);
  }
  if (!session) return;
  // C2
  if (!to.mission?.trim() || !to.function?.trim()) sheet.mark(5, 'BLOCK', { soft: true });
  const regime = cat.provisions.find((x) => x.id === session.regime);
  const asks =
    p?.recipients.mustBeBoundBySecrecy === true || regime?.recipients.mustBeBoundBySecrecy === true;
  if (asks && strength(page, to, 'to') === 'none') sheet.mark(5, 'BLOCK', { soft: true });
}

function care(page: Page, who: PartyFacts): void {
  const now = who.care.filter((c) => covers(c.validFrom, c.validUntil, page.r.at));
  if (gone(who.care, now, page.r.at)) page.sheet.mark(5, 'BLOCK');
  else if (now.length === 0) page.sheet.mark(5, 'WARN', { owes: 'record-care-relation' });
}

function relation(page: Page, serves: boolean): void {
  const { f, r, p, to, sheet } = page;
  const theirs = to.care.filter((c) => covers(c.validFrom, c.validUntil, r.at));
  const declared = () => sheet.mark(5, 'WARN', { owes: 'record-care-relation' });
  switch (p!.recipients.relationship) {
    case 'takes-part-in-care':
    case 'outside-care-team':
      if (speaksFor(page) && !gone(to.care, theirs, r.at)) return;
      return care(page, to);
    case 'same-care-team': {
      if (gone(to.care, theirs, r.at)) return sheet.mark(5, 'BLOCK');
      const mine = f.discloser.care.filter((c) => covers(c.validFrom, c.validUntil, r.at));
      const house = to.institution !== undefined && to.institution === f.discloser.institution;
      if (mine.length === 0 || theirs.length === 0) return house ? declared() : sheet.mark(5, 'BLOCK');
      if (mine.some((a) => a.team && theirs.some((b) => b.team === a.team))) return;
      if ([...mine, ...theirs].every((c) => c.team)) return sheet.mark(5, 'BLOCK'); // another team
      return house ? undefined : sheet.mark(5, 'BLOCK');
    }
    case 'commission-member':
    case 'group-member': {
      // "covers every case of its commission unless limited": theirs, or one that its people bring
      const holds = (m: Membership) => m.coversCase && covers(m.validFrom, m.validUntil, r.at);
      const from = f.discloser;
      const seat = to.memberships.some((m) => {
        if (m.kind !== p!.recipients.commission || !holds(m)) return false;
        if (m.hasCase || (from.institution && m.institution === from.institution)) return true;
        return from.memberships.some((own) => own.commission === m.commission && holds(own));
      });
      return seat ? undefined : sheet.mark(5, 'BLOCK');
    }
    case 'acts-for-same-person':
      return serves || theirs.length > 0 || speaksFor(page) ? undefined : declared();
    case 'contributes-to-child-protection':
    case 'same-procedure':
    case 'commission-instructor':
    case 'designated-body':
      return serves ? undefined : declared();
    default:
      return;
  }
}

/** "recorded facts confirm it: …, representation" */
function speaksFor({ f, r, to }: Page): boolean {
  return f.representatives.some((x) => {
    if (x.kind === 'trusted-person' || !x.verified) return false;
    if (x.kind === 'parental-authority' && ageOn(f.person, r.at) === 'grown') return false;
    return x.representative === to.representative && covers(x.validFrom, x.validUntil, r.at);
  });
}

export function pointSix(page: Page): void {
  const { p, level, f, to, sheet } = page;
  const bare = !p && level === 'secret';
  const marks = { none: 'BLOCK', debated: 'ESC', firm: 'OK' } as const;
  if (bare || p?.disclosers.mustBeBoundBySecrecy) {
    const how = strength(page, f.discloser, 'from');
    sheet.mark(6, marks[how], { soft: how === 'debated' });
  }
  if (bare || p?.recipients.mustBeBoundBySecrecy) {
    const how = strength(page, to, 'to');
    sheet.mark(6, marks[how], { soft: how === 'debated' && listedRecipient(page) });
  }
}
