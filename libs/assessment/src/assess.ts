import type { Catalogue } from '#catalogue';
import { alternativesTo, otherWaysTo } from './alternatives.js';
import type { Assessment, CellResult, Duty } from './assessment.js';
import { actOf, cellOf, itemFacts, recipientFacts } from './cells.js';
import type { Act } from './cell.js';
import { explainPoint } from './explain.js';
import type { AssessmentFacts } from './facts.js';
import {
  groups,
  itemKey,
  recipientKey,
  removalsFrom,
  statesOf,
  verdictOfAll,
  worstCell,
  type Judged,
} from './fold.js';
import { judge, judgeInformation, POINTS } from './points.js';
import type { DisclosureRequest } from './request.js';
import { partyKey } from './scope.js';
import { isTellingThePerson } from './telling.js';

/**
 * The nine points of attention asked of one disclosure, as `legal.md` section (d) and (e) define them: per item and
 * recipient, folded per item, per recipient and for the whole. Pure: no clock, no I/O, the same input gives the same
 * answer. A request without items or recipients discloses nothing and is allowed; callers refuse it beforehand.
 */
export function assess(facts: AssessmentFacts, catalogue: Catalogue, request: DisclosureRequest): Assessment {
  return assessWithConsents(facts, catalogue, request).assessment;
}

/** The same, with the ids of the consents that carry the act: valid for at least one item and recipient of it. */
export function assessWithConsents(
  facts: AssessmentFacts,
  catalogue: Catalogue,
  request: DisclosureRequest,
): { readonly assessment: Assessment; readonly carrying: readonly string[] } {
  const act = actOf(facts, catalogue, request);
  const cells = judgeCells(act);
  const retry = (other: DisclosureRequest) => judgeCells(actOf(facts, catalogue, other));
  const carrying = [...new Set(cells.flatMap(({ cell }) => cell.stance.valid.map(({ id }) => id)))];
  return { assessment: assessmentOf(act, cells, retry), carrying };
}

function assessmentOf(
  act: Act,
  cells: readonly Judged[],
  retry: (other: DisclosureRequest) => readonly Judged[],
): Assessment {
  const { catalogue, facts } = act;
  const verdict = verdictOfAll(cells);
  const results = cells.map(cellResult);
  return {
    verdict,
    points: POINTS.flatMap((point) => results[worstCell(cells, point)]?.points[point - 1] ?? []),
    cells: results,
    byItem: groups(cells, itemKey).map((group) => ({
      item: group[0]!.cell.item.item,
      verdict: verdictOfAll(group),
      states: statesOf(group),
    })),
    byRecipient: groups(cells, recipientKey).map((group) => ({
      recipient: group[0]!.cell.recipient.party,
      verdict: verdictOfAll(group),
      states: statesOf(group),
    })),
    duties: mergeDuties(cells.filter(isPassedOn)),
    removals: removalsFrom(cells),
    alternatives: alternativesTo(act, cells, retry),
    otherWays: otherWaysTo(act, verdict),
    used: {
      catalogueVersion: catalogue.version,
      catalogueDigest: catalogue.digest,
      personRevision: facts.personRevision,
    },
  };
}

/** Every item for every recipient, in the order of the request. */
export function judgeCells(act: Act): readonly Judged[] {
  const recipients = act.request.recipients.map((_, i) => recipientFacts(act, i));
  return act.request.items.flatMap((asked) => {
    const item = itemFacts(act, asked);
    return recipients.map((recipient): Judged => {
      const cell = cellOf(act, asked, item, recipient);
      const disclosure = !isTellingThePerson(item, recipient, act);
      return { cell, disclosure, judged: disclosure ? judge(cell) : judgeInformation(cell) };
    });
  });
}

function cellResult({ cell, disclosure, judged }: Judged): CellResult {
  return {
    item: cell.item.item,
    recipient: cell.recipient.party,
    level: cell.level,
    disclosure,
    verdict: verdictOfAll([{ cell, disclosure, judged }]),
    points: judged.points.map((point) => explainPoint(point, cell)),
  };
}

/** Denied cells are not passed on, so nothing follows from them. */
function isPassedOn(judged: Judged): boolean {
  return verdictOfAll([judged]) !== 'deny';
}

/** What follows from cells that are passed on; the same duty for several items is one. */
export function mergeDuties(cells: readonly Judged[]): readonly Duty[] {
  const duties = new Map<string, Duty>();
  for (const { cell, disclosure, judged } of cells) {
    const to = partyKey(cell.recipient.party);
    for (const { kind, debtor, deadline, standing } of judged.duties) {
      const key = `${kind} ${debtor} ${dateKey(deadline)} ${to}`;
      const known = duties.get(key);
      duties.set(key, {
        kind,
        text: cell.catalogue.deadline(kind).name,
        debtor: debtorOf(debtor, { cell, disclosure, judged }),
        recipient: cell.recipient.party,
        items: [...(known?.items ?? []), cell.item.item],
        deadline,
        standing,
      });
    }
  }
  return [...duties.values()];
}

/** Text that is equal for equal dates. */
function dateKey(date: Duty['deadline']): string {
  return typeof date === 'string' ? date : `${date.date} ${date.precision} ${date.zone}`;
}

function debtorOf(debtor: 'discloser' | 'recipient' | 'institution', { cell }: Judged): Duty['debtor'] {
  const { discloser } = cell.facts;
  if (debtor === 'institution') return { kind: 'institution', institution: discloser.institution };
  return debtor === 'discloser' ? discloser.party : cell.recipient.party;
}
