import { holderKey, type ActivePerson, type DisclosureId, type Passing } from '#person';
import type { Breach } from './broken-points.js';
import type { Finding } from './rules.js';

/** Kinds of fact that name nobody beyond the act itself: a care relation or a seat tells where else somebody works. */
const TOLD: ReadonlySet<string> = new Set([
  'provision',
  'purpose',
  'binding',
  'item',
  'mandate',
  'session',
  'consent',
  'disclosure',
  'word',
]);
const WORDS: ReadonlySet<string> = new Set(['refusal', 'withdrawal', 'objection']);

/** The facts of a breach that everybody may be told who may see the finding, each once. */
export function factsToTell(
  person: ActivePerson,
  passing: Passing,
  facts: Breach['facts'],
): Finding['facts'] {
  const told = facts.flatMap(({ kind, id }): Finding['facts'] => {
    if (id === undefined) return [];
    if (kind === 'holding') return holdingToTell(person, passing, id);
    if (WORDS.has(kind)) return [{ kind: 'word', id }];
    return TOLD.has(kind) ? [{ kind, id }] : [];
  });
  return [...new Map(told.map((one) => [`${one.kind} ${one.id}`, one])).values()];
}

/** How the discloser came to hold it under this mandate; what they learnt under another is not told. */
function holdingToTell(person: ActivePerson, { item, discloser }: Passing, id: string): Finding['facts'] {
  const key = discloser && holderKey(discloser);
  const act = person.acts.get(id as DisclosureId);
  if (act?.recipients.some((one) => holderKey(one) === key)) return [{ kind: 'disclosure', id }];
  const held = [...(person.holdings.get(item) ?? [])].find(({ origin }) => origin.event === id);
  return held && holderKey(held.holder) === key ? [{ kind: 'holding', id }] : [];
}
