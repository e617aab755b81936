// Section (d) and (e) of legal.md, read from top to bottom. Slow and plain on purpose.
import type { Catalogue, Provision } from '#catalogue';
import type { AssessmentFacts, ItemFacts, PartyFacts } from '../../src/facts.js';
import type { DisclosureRequest, RequestedItem } from '../../src/request.js';
import { ageOn, covers, day, foundAble } from './days.js';
import { pointFour, pointEight } from './agreement.js';
import { inOffice, pointFive, pointSix } from './parties.js';
import { pointNine } from './trail.js';
import { bound, noBenefitAsked, type Page } from './page.js';
import { Sheet, type Mark } from './sheet.js';
import { said, type Question } from './words.js';

const LEVELS = ['public', 'personal', 'confidential', 'secret'];
const SAFETY =
  'casf-l226-2-1 casf-l226-4-i casf-l226-4-ii casf-l221-6-transmission casf-l221-3-transfer casf-l411-3-minors casf-l119-2-any casf-l119-2-bound cp-226-14-1 cp-226-14-3 cp-226-14-4-weapon cp-223-6'.split(
    ' ',
  );
const empty = (s: string | undefined) => !s || !s.trim();

/** Nine marks for one item and recipient; when it is no disclosure, whether both parties are in office. */
export function readCell(
  f: AssessmentFacts,
  catalogue: Catalogue,
  r: DisclosureRequest,
  asked: RequestedItem,
  item: ItemFacts,
  to: PartyFacts,
): Mark[] | 'information' | 'information without mandate: BLOCK' {
  const cat = catalogue.content.sections;
  const cited = cat.provisions.find((x) => x.id === r.provision);
  // "Only entries of role authorises, obliges or permits count; any other, and cp-226-14-general alone, …"
  const p =
    cited && ['authorises', 'obliges', 'permits'].includes(cited.role) && cited.id !== 'cp-226-14-general'
      ? cited
      : undefined;
  const q: Question = { f, r, cat, p, item, to };
  if (isInformation(q)) {
    const inForce = inOffice(f.discloser, q) && inOffice(to, q);
    return inForce ? 'information' : 'information without mandate: BLOCK';
  }

  const level = levelOf(q);
  const silent = new Set<number>();
  if (level === 'personal') {
    for (const n of [6, 8]) silent.add(n);
    if (!p) for (const n of [3, 5]) silent.add(n);
  }
  if (level === 'confidential') {
    if (!p) silent.add(3);
    if (p?.recipients.mustBeBoundBySecrecy !== true) silent.add(6);
  }
  const unprotected =
    ageOn(f.person, r.at) === 'child' ||
    f.person.unableToProtectThemselves === true ||
    foundAble(f.person, r.at) === false;
  const safety =
    !!p && (SAFETY.includes(p.id) || (['cp-226-14-2', 'cpp-40-al2'].includes(p.id) && unprotected));
  const me = actingId(f);
  const own = item.holdings.filter((h) => h.holder === me);
  const page: Page = {
    ...q,
    asked,
    level,
    words: said(q),
    sheet: new Sheet(safety, silent),
    session: sessionOf(q),
    mine: own.length > 0 ? own : item.holdings,
  };
  pointOne(page);
  pointTwo(page);
  pointThree(page);
  pointFour(page);
  pointFive(page);
  pointSix(page);
  pointSeven(page);
  pointEight(page);
  pointNine(page);
  return page.sheet.result();
}

function actingId({ discloser }: AssessmentFacts): string {
  const { party } = discloser;
  return party.kind === 'mandate' ? party.mandate : party.kind === 'outsider' ? party.outsider : '-';
}

function isInformation({ f, r, item, to }: Question): boolean {
  if (item.deferred) return false;
  if (to.party.kind === 'person') return true;
  for (const x of f.representatives) {
    if (x.representative !== to.representative || !x.verified || !covers(x.validFrom, x.validUntil, r.at))
      continue;
    if (x.kind === 'parental-authority' && !item.keptFromParents && ageOn(f.person, r.at) !== 'grown')
      return true;
    if (x.kind === 'representation' && x.domain !== 'property' && !item.keptFromParents) return true;
    if (item.category !== 'resources-debt') continue;
    if (x.kind === 'representation' || (x.kind === 'assistance' && x.domain !== 'personal')) return true;
  }
  return false;
}

function levelOf(q: Question): string {
  const { f, item, cat } = q;
  let rank = LEVELS.indexOf(item.level ?? 'secret');
  const category = cat.categories.find((c) => c.code === item.category);
  rank = Math.max(rank, 1, LEVELS.indexOf(category?.defaultLevel ?? 'secret'));
  const hats = [{ mandate: actingId(f), secrecy: f.discloser.secrecy }, ...f.discloser.otherMandates];
  for (const hat of hats) {
    const learntHere = item.holdings.length === 0 || item.holdings.some((h) => h.holder === hat.mandate);
    if (learntHere && bound(hat.secrecy, q) === 'firm') rank = 3;
  }
  return LEVELS[rank]!;
}

function sessionOf({ f, r, item, to }: Question): Page['session'] {
  if (r.frame === 'commission-session') return f.sessions.find((s) => s.session === r.session) ?? {};
  const tabled = item.tabledFor ? f.sessions.find((s) => s.session === item.tabledFor) : undefined;
  const sits = to.memberships.some(
    (m) => m.commission === tabled?.commission && m.coversCase && covers(m.validFrom, m.validUntil, r.at),
  );
  return tabled && sits ? tabled : undefined;
}

function pointOne(page: Page): void {
  const { f, r, p, cat, to, words, sheet, session, mine } = page;
  const known = cat.purposes.some((x) => x.code === r.purpose);
  if (!known) sheet.mark(1, 'BLOCK');
  const foreign = known && !!p && !p.purposes.includes(r.purpose!);
  if (foreign) sheet.mark(1, 'BLOCK');
  if (foreign && mine.length > 0 && mine.every((h) => h.purpose !== r.purpose) && words.yes.length === 0)
    sheet.mark(1, 'BLOCK', { soft: true });
  if (empty(r.objective)) sheet.mark(1, 'WARN');
  if (empty(r.benefit) && !noBenefitAsked(page)) sheet.mark(1, 'WARN');
  // C7
  const fromSession = mine.length > 0 && mine.every((h) => h.session !== undefined);
  const requisition = !!p && r.purpose === 'judicial-requisition';
  if (fromSession && !requisition && words.yes.length === 0) {
    const seat = (who: PartyFacts, commission: string) =>
      who.memberships.some(
        (m) => m.commission === commission && m.coversCase && covers(m.validFrom, m.validUntil, r.at),
      );
    const kept = mine.some((h) => {
      const s = f.sessions.find((x) => x.session === h.session);
      if (!s || s.purpose !== r.purpose) return false;
      return (
        session?.commission === s.commission || (seat(f.discloser, s.commission) && seat(to, s.commission))
      );
    });
    if (!kept) sheet.mark(1, 'BLOCK', { soft: true });
  }
  if (session) sheet.mark(1, 'DOC', { owes: 'give-result' }); // C10
}

function pointTwo({ item, cat, r, words, sheet }: Page): void {
  const category = cat.categories.find((c) => c.code === item.category);
  const ground = cat.purposes.find((x) => x.code === r.purpose)?.gdpr9.ground;
  if (category?.special === 'article-9' && (!ground || ground === 'a') && !words.yes.some((c) => c.explicit))
    sheet.mark(2, 'BLOCK');
  if (!item.level) sheet.mark(2, 'WARN');
  if (item.category === 'third-party' || !empty(item.thirdParty)) sheet.mark(2, 'WARN');
  if (item.level && LEVELS.indexOf(item.level) < LEVELS.indexOf(category?.defaultLevel ?? 'secret'))
    sheet.mark(2, 'WARN');
}

function pointThree(page: Page): void {
  const { p, level, r, f, sheet } = page;
  if (level === 'secret' && !p) sheet.mark(3, 'BLOCK');
  if (!p) return;
  const provision: Provision = p;
  if (LEVELS.indexOf(level) > LEVELS.indexOf(provision.information.maxLevel)) sheet.mark(3, 'BLOCK');
  const { from, until } = provision.inForce ?? {};
  if ((from && day(r.at) < from) || (until && day(r.at) > until)) sheet.mark(3, 'BLOCK', { soft: true });
  if (provision.confidence === 'low') sheet.mark(3, 'ESC', { soft: true });
  if (provision.confidence === 'medium') sheet.mark(3, 'WARN');
  const requisition =
    r.purpose === 'judicial-requisition' || provision.purposes.some((x) => x === 'judicial-requisition');
  if (requisition) sheet.mark(3, 'ESC');
  if (provision.id === 'cpp-40-al2' && bound(f.discloser.secrecy, page) !== 'none')
    sheet.mark(3, 'ESC', { soft: true });
}

function pointSeven({ asked, level, p, item, r, session, sheet }: Page): void {
  if (level === 'secret' && !p) return sheet.mark(7, 'NA');
  if (empty(asked.justification)) {
    const needed = level === 'secret' || p?.information.necessity === 'strictly-necessary';
    sheet.mark(7, needed ? 'BLOCK' : 'WARN', { soft: true });
  }
  for (const out of p?.information.excludedCategories ?? ([] as readonly string[])) {
    const third = out === 'third-party' && !empty(item.thirdParty);
    if (out === item.category || third || (out === 'secret-information' && level === 'secret'))
      sheet.mark(7, 'BLOCK');
  }
  if (asked.unrelated) sheet.mark(7, 'BLOCK');
  if (asked.wholeFile || asked.commentary) sheet.mark(7, 'WARN');
  if (!session) return;
  const report = session.report;
  const whole = report?.date && ![report.author, report.diagnosisSources, report.criteria].some(empty);
  if (!whole) sheet.mark(7, 'BLOCK', { soft: true }); // C1
  if (!session.onAgenda) sheet.mark(7, 'BLOCK'); // C3
  if (empty(session.whyCollective)) sheet.mark(7, 'WARN'); // C4
  if (r.withheld?.some((w) => empty(w.reason))) sheet.mark(7, 'WARN'); // C6
}
