import { accept, type Decision, type Effective } from '#decider';
import { startMs } from '#time';
import { rejectForeignHolder } from '../foreign.js';
import type { HoldingData, HoldingDeclared } from '../item.events.js';
import type { Facts } from '../person-desk.js';
import type { ActivePerson } from '../person.state.js';
import { holderKey } from '../recipient.js';
import {
  notFound,
  rejectImpossibleDate,
  rejectUnknownOutsider,
  rejectUnknownPurpose,
  rejectUnknownSource,
} from '../rules.js';
import { sameData } from '../same-data.js';

export interface DeclareHolding {
  readonly holding: HoldingData;
  /** When the holder came to know it; left out: now. */
  readonly effectiveAt?: Effective;
}

/** That somebody knows is a fact, whatever their mandate: what is wrong with it becomes findings. */
export function declareHolding(
  person: ActivePerson,
  { holding, effectiveAt }: DeclareHolding,
  facts: Facts,
): Decision<HoldingDeclared> {
  if (!person.items.has(holding.item)) return notFound('item');
  const { now, catalogue } = facts;
  const rejected =
    rejectUnknownOutsider(person, 'holder', holding.holder) ??
    rejectForeignHolder('holder', facts, holding.holder) ??
    rejectUnknownPurpose(catalogue, 'purpose', holding.purpose) ??
    rejectUnknownSource(person, 'source', holding.source) ??
    rejectImpossibleDate(person, 'effectiveAt', effectiveAt, now);
  if (rejected) return rejected;
  if (isDeclared(person, holding, effectiveAt ?? now)) return accept();
  return accept({ type: 'HoldingDeclared', data: holding, effectiveAt });
}

/** What was purged since may be learnt again. */
function isDeclared(person: ActivePerson, holding: HoldingData, at: Effective): boolean {
  const key = holderKey(holding.holder);
  const purges = [...(person.purges.get(holding.item) ?? [])].filter((p) => holderKey(p.holder) === key);
  return [...(person.holdings.get(holding.item) ?? [])].some(
    ({ holder, purpose, source, origin }) =>
      holderKey(holder) === key &&
      purpose === holding.purpose &&
      sameData(source, holding.source) &&
      startMs(origin.effectiveAt) <= startMs(at) &&
      !purges.some((purge) => startMs(purge.origin.effectiveAt) >= startMs(origin.effectiveAt)),
  );
}
