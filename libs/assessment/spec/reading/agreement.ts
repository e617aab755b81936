// Point 4, the worse of two tests, and the same rows for point 8.
import { informed } from './informing.js';
import { together } from './informing.js';
import { ageOn } from './days.js';
import type { Page } from './page.js';
import type { Mark } from './sheet.js';
import { is, nobodyMayGive, oneSilent, split } from './words.js';

const written = (page: Page, ...kinds: string[]) =>
  !!page.r.exception && kinds.includes(page.r.exception.kind) && page.r.exception.reason.trim() !== '';

export function pointFour(page: Page): void {
  const { p, r, f, session, sheet } = page;
  const [mark, , owes] = consentRow(page);
  if (p && r.purpose === 'judicial-requisition') return sheet.mark(4, 'NA');
  sheet.mark(4, mark, owes ? { owes } : {});
  if (ageOn(f.person, r.at) === '?') sheet.mark(4, 'WARN');

  const told = informed(page);
  const rule = p?.personInformation ?? 'not-specified';
  const l1110 = !!p && p.id.startsWith('csp-l1110-4');
  const urgent = written(page, 'emergency', 'impossibility');
  if (rule === 'not-required') sheet.mark(4, 'OK');
  else if (rule === 'not-applicable') sheet.mark(4, 'NA');
  else if (told === 'yes') sheet.mark(4, 'OK');
  else if (told === 'partly') sheet.mark(4, 'WARN', { owes: 'inform-person' });
  else {
    let mark2: Mark = 'WARN';
    if (rule === 'prior-required') mark2 = l1110 && urgent ? 'DOC' : 'BLOCK';
    if (rule === 'prior-required-unless-emergency-or-impossible') mark2 = urgent ? 'DOC' : 'BLOCK';
    if (rule === 'prior-required-unless-contrary-to-interest')
      mark2 = written(page, 'contrary-to-interest') ? 'DOC' : 'BLOCK';
    sheet.mark(4, mark2, { owes: 'inform-person' });
  }
  if (!session) return;
  // C5
  if (told !== 'no') sheet.mark(4, session.personKnowsReport ? 'OK' : 'WARN');
  else if (rule !== 'not-required') {
    const excused = written(page, 'emergency', 'impossibility', 'contrary-to-interest');
    sheet.mark(4, excused ? 'DOC' : 'BLOCK', { owes: 'inform-person' });
  }
}

export function pointEight(page: Page): void {
  const { f, r, to, mine, sheet } = page;
  const here = f.discloser.institution;
  if (here !== undefined && here === to.institution) return sheet.mark(8, 'OK');
  const [, mark, , owes] = consentRow(page);
  sheet.mark(8, mark, owes ? { owes } : {});
  const barred = mine.filter((h) => h.onward && !h.onward.some((s) => is(s, to)));
  if (mine.length > 0 && barred.length === mine.length) sheet.mark(8, 'BLOCK');
  if (!r.responsibleManager?.trim()) sheet.mark(8, 'WARN');
}

type Row = readonly [p4: Mark, p8: Mark, owes4?: string, owes8?: string];

function consentRow(page: Page): Row {
  const { p, r, words } = page;
  if (p && r.purpose === 'judicial-requisition') return ['NA', 'DOC'];
  const rule = p ? p.consent : 'none';
  const opposed = words.no.length + words.maybeNo.length > 0;
  const silence: Row = oneSilent(page, words) && !together(page) ? ['WARN', 'OK'] : ['OK', 'OK'];

  if (
    rule === 'not-required' ||
    rule === 'not-applicable' ||
    (rule === 'not-specified' && p?.role === 'obliges')
  )
    return opposed
      ? ['WARN', 'WARN', 'answer-objection', 'answer-objection']
      : ['DOC', 'DOC', 'record-consent-sought'];
  if (rule === 'not-specified') {
    if (opposed) return ['ESC', 'ESC'];
    return words.yes.length > 0 ? ['OK', 'OK'] : ['DOC', 'WARN', 'record-consent-sought'];
  }
  // prior-required, objection-possible, no provision
  if (rule === 'objection-possible' && words.no.some((w) => w.by.kind === 'person'))
    return ['BLOCK', 'BLOCK'];
  if (split(words)) return ['ESC', 'ESC'];
  if (rule === 'objection-possible') {
    if (words.no.length > 0) return ['BLOCK', 'BLOCK'];
    if (words.maybeNo.length > 0) return ['ESC', 'ESC'];
    return oneSilent(page, words) ? silence : ['OK', 'DOC'];
  }
  if (words.yes.length > 0) return silence;
  const emergency = rule === 'prior-required' && p!.id.startsWith('csp-l1110-4') && !opposed;
  if (emergency && written(page, 'emergency', 'impossibility')) return ['WARN', 'WARN', 'seek-consent'];
  if (words.maybeYes.length > 0 || nobodyMayGive(page)) return ['ESC', 'ESC'];
  return ['BLOCK', 'BLOCK'];
}
