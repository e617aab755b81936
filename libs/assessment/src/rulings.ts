import type { Catalogue } from '#catalogue';
import { judgeCells, mergeDuties } from './assess.js';
import type { Duty } from './assessment.js';
import { actOf } from './cells.js';
import type { AssessmentFacts, ItemId, Party } from './facts.js';
import type { PointNumber } from './points.js';
import type { DisclosureRequest } from './request.js';
import type { Weighed } from './safety.js';

/** What applies to one item for one recipient, without words, duties and ways out. */
export interface CellRulings {
  readonly item: ItemId;
  readonly recipient: Party;
  /** False: telling the person or their representative, which asks for mandates in force alone. */
  readonly disclosure: boolean;
  /** A valid consent covers it. */
  readonly agreed: boolean;
  readonly rulings: readonly (Weighed & { readonly point: PointNumber })[];
}

export interface Rulings {
  /** In the order of items, then of recipients. A recipient that is named twice is there twice. */
  readonly cells: readonly CellRulings[];
  /** What somebody owes: the act took place, so it follows from what was denied as well. Put together when asked. */
  readonly duties: () => readonly Duty[];
}

/** The rulings and duties of `assess` alone, for acts that happened. */
export function rulingsOn(facts: AssessmentFacts, catalogue: Catalogue, request: DisclosureRequest): Rulings {
  const judged = judgeCells(actOf(facts, catalogue, request));
  const cells = judged.map(({ cell, disclosure, judged: { points } }) => ({
    item: cell.item.item,
    recipient: cell.recipient.party,
    disclosure,
    agreed: cell.stance.valid.length > 0,
    rulings: points.flatMap(({ point, rulings }) => rulings.map((one) => ({ point, ...one }))),
  }));
  return { cells, duties: () => mergeDuties(judged) };
}
