import type { AssessmentFacts, ItemFacts, PartyFacts } from '../../src/facts.js';
import type { RequestedItem } from '../../src/request.js';
import type { Sheet } from './sheet.js';
import type { Question, Said } from './words.js';

export interface Page extends Question {
  readonly asked: RequestedItem;
  readonly level: string;
  readonly words: Said;
  readonly sheet: Sheet;
  /** The session in whose frame it is judged; `{}` when it is on no record. */
  readonly session: Partial<AssessmentFacts['sessions'][number]> | undefined;
  readonly mine: ItemFacts['holdings'];
}

/** none, debated or firm, under the cited provision. */
export function bound(
  secrecy: PartyFacts['secrecy'],
  { cat, p }: Pick<Question, 'cat' | 'p'>,
): 'none' | 'debated' | 'firm' {
  let answer: 'none' | 'debated' | 'firm' = 'none';
  for (const basis of secrecy) {
    const text = cat.bindings.find((b) => b.code === basis.binding);
    if (!text) continue;
    if ((text.firmness === 'firm' && basis.firm) || (p && text.firmFor.includes(p.id))) return 'firm';
    answer = 'debated';
  }
  return answer;
}

export function noBenefitAsked({ r, p, cat }: Question): boolean {
  if (cat.purposes.find((x) => x.code === r.purpose)?.alert) return true;
  return p?.recipients.relationship === 'authority' && (p.role === 'obliges' || p.role === 'permits');
}
