import type { Catalogue } from '#catalogue';
import { judgeCells } from './assess.js';
import { actOf } from './cells.js';
import type { AssessmentFacts, ItemId, Party } from './facts.js';
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
  readonly rulings: readonly Weighed[];
}

/**
 * The rulings of `assess` alone, for acts that happened: in the order of items, then of recipients. A recipient that
 * is named twice is there twice.
 */
export function rulingsOn(
  facts: AssessmentFacts,
  catalogue: Catalogue,
  request: DisclosureRequest,
): readonly CellRulings[] {
  return judgeCells(actOf(facts, catalogue, request)).map(({ cell, disclosure, judged }) => ({
    item: cell.item.item,
    recipient: cell.recipient.party,
    disclosure,
    agreed: cell.stance.valid.length > 0,
    rulings: judged.points.flatMap((point) => point.rulings),
  }));
}
