import { isSafetyProvision, personFactsOf, type Assessment, type CellResult } from '#assessment';
import type { ActivePerson, Intended, ItemLeftOut, RefusalReason } from '#person';
import { judgeIntention, reasonOf, type IntendedFacts, type JudgedIntention } from './intended.js';

/** Whether the act rests on a provision of the safety rule: it must not be stopped by a missing paper. */
export function isAlert(
  person: ActivePerson,
  { provision, declared, effectiveAt }: Pick<Intended, 'provision' | 'declared' | 'effectiveAt'>,
  { catalogue }: Pick<IntendedFacts, 'catalogue'>,
): boolean {
  const cited = provision === undefined ? undefined : catalogue.provision(provision);
  const { unableToProtectThemselves } = declared;
  const about = {
    ...personFactsOf(person),
    ...(unableToProtectThemselves ? { unableToProtectThemselves } : {}),
  };
  return isSafetyProvision(cited, about, effectiveAt);
}

/** An act as it goes out, and what the nine points say of it. */
export interface Outgoing<Asked extends Intended = Intended> {
  readonly intended: Asked;
  readonly judged: JudgedIntention;
}

/**
 * Judges an act. From an alert that is denied, what is excessive is removed first so that the alert itself goes out
 * (`legal.md`, safety rule); where that does not help, the whole is judged as it was asked.
 */
export function judgeOutgoing<Asked extends Intended>(
  person: ActivePerson,
  intended: Asked,
  facts: IntendedFacts,
): Outgoing<Asked> {
  const judged = judgeIntention(person, intended, facts);
  if (judged.assessment.verdict !== 'deny' || !isAlert(person, intended, facts)) return { intended, judged };
  const lighter = withoutExcess(intended, judged.assessment);
  if (lighter.act.items.length === 0) return { intended, judged };
  const again = judgeIntention(person, lighter, facts);
  return again.assessment.verdict === 'deny' ? { intended, judged } : { intended: lighter, judged: again };
}

function withoutExcess<Asked extends Intended>(intended: Asked, { cells }: Assessment): Asked {
  const { act, declared } = intended;
  const excessive = new Map<string, ItemLeftOut>();
  for (const cell of cells) {
    const reasons = excessOf(cell);
    if (reasons.length > 0 && !excessive.has(cell.item))
      excessive.set(cell.item, { item: cell.item, reasons });
  }
  const out = [...excessive.values()];
  const before = declared.leftOut;
  const leftOut = {
    items: [...(before?.items ?? []), ...out.map(({ item }) => item)],
    recipients: before?.recipients ?? [],
    why: [...(before?.why ?? []), ...out],
  };
  const items = act.items.filter(({ item }) => !excessive.has(item));
  return { ...intended, act: { ...act, items }, declared: { ...declared, leftOut } };
}

/** Point 7 alone is about an item being too much; what else blocks concerns the recipient or the purpose. */
function excessOf({ points }: CellResult): readonly RefusalReason[] {
  return points
    .filter(({ point }) => point === 7)
    .flatMap((seventh) => [seventh, ...seventh.also])
    .filter(({ state }) => state === 'block')
    .map(reasonOf);
}
