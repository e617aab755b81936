// Point 9, last: "a duty whose deadline has passed, or whose debtor has no mandate in force, cannot be met".
import type { Effective } from '#decider';
import { day, plus } from './days.js';
import { inOffice } from './parties.js';
import { noBenefitAsked, type Page } from './page.js';

export function pointNine(page: Page): void {
  const { f, r, p, cat, to, item, level, session, mine, sheet } = page;
  const { kind } = to.party;
  sheet.mark(9, 'DOC');
  if (kind === 'unknown' || (kind === 'category' && !to.accessLog)) sheet.mark(9, 'BLOCK');
  const rule = cat.retention.find((x) => x.code === r.retention?.rule);
  if (!rule) sheet.mark(9, 'BLOCK');
  const keeps = (r.keeps ?? []).length > 0;
  if (p?.duration.code === 'no-file' && keeps) sheet.mark(9, 'BLOCK');
  if (!cat.channels.find((c) => c.code === r.channel)?.secure) sheet.mark(9, 'WARN');
  const limit = rule?.period && rule.from === 'disclosure' ? plus(day(r.at), rule.period) : undefined;
  const until = r.retention?.until;
  const born = rule?.from === 'birth' ? f.person.birthDate : undefined;
  const atMost = born && rule?.period ? plus(`${born}-01-01`.slice(0, 10), rule.period) : limit;
  if (until && atMost && day(until) > atMost) sheet.mark(9, 'WARN');
  const { purposes, categories } = rule?.appliesTo ?? {};
  if (r.purpose && purposes && !purposes.includes(r.purpose)) sheet.mark(9, 'WARN');
  if (item.category && categories && !categories.includes(item.category)) sheet.mark(9, 'WARN');
  const learntThere = mine.length > 0 && mine.every((h) => h.session !== undefined);
  if ((session || learntThere) && keeps) sheet.mark(9, 'BLOCK'); // C8
  if (session) sheet.mark(9, 'DOC', { owes: 'attest-destruction' }); // C9

  const owed = new Set(sheet.owed);
  if (level === 'secret' || p?.recipients.mustBeBoundBySecrecy) owed.add('tell-secrecy');
  if (!noBenefitAsked(page)) owed.add('record-effect');
  owed.add('acknowledge-receipt');
  if (sheet.softened) owed.add('settle-after-alert');

  const now: Effective = r.assessedAt ?? r.at;
  const late = [...owed].some((duty) => deadline(page, duty) < day(now));
  const purge = until ?? limit ?? plus(day(r.at), cat.deadlines.find((d) => d.code === 'purge')!.period);
  const purged =
    typeof purge === 'string' && purge.length === 10 ? purge < day(now) : isPast(purge as Effective, now);
  // Every act makes both sides owe something: receipt and purge there, notice of changes here.
  if (late || purged || !inOffice(f.discloser, page) || !inOffice(to, page)) sheet.mark(9, 'BLOCK');
}

function isPast(until: Effective, now: Effective): boolean {
  if (typeof until === 'string' && typeof now === 'string') return now > until;
  return day(until) < day(now);
}

/** "the provision's, else the catalogue's default" */
function deadline({ p, cat, r }: Page, duty: string): string {
  const own = cat.durations.find((d) => d.code === p?.duration.code);
  const span =
    own?.duty === duty && own.period ? own.period : cat.deadlines.find((d) => d.code === duty)!.period;
  return plus(day(r.at), span);
}
