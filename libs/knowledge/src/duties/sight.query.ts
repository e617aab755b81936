import { isToldLikeThePerson, personFactsOf, representativesOf } from '#assessment';
import type { Actor } from '#decider';
import { personFold, personStream, type PersonId } from '#person';
import { reachOf } from '../reach.query.js';
import type { Reader } from '../reader.query.js';

/** What a caller sees of what is owed about one person. */
export type Sight =
  /** Programs. */
  | { readonly kind: 'everything' }
  /** A professional: what their own institution answers for, and what they owe themselves. */
  | { readonly kind: 'own'; readonly institution: string; readonly debtor: string }
  /** The person, or who speaks for them: what the person is told. */
  | {
      readonly kind: 'told';
      /** Items outside a representative's scope; left out: there are none. */
      readonly hidden?: ReadonlySet<string>;
      /** Also what is about no item in particular. */
      readonly whole: boolean;
    };

/** Whoever speaks for the person sees what they see, within their scope and as long as they are in office. */
export async function sightOf(reader: Reader, person: PersonId, caller: Actor): Promise<Sight> {
  if (caller.kind === 'client') return { kind: 'everything' };
  if (caller.kind === 'person') return { kind: 'told', whole: true };
  const spoken = await spokenFor(reader, person, caller.id);
  if (spoken) return spoken;
  const { institution, debtor } = reachOf(reader, caller, undefined);
  return { kind: 'own', institution: institution!, debtor };
}

async function spokenFor(reader: Reader, id: PersonId, mandate: string): Promise<Sight | undefined> {
  const { state: person } = await reader.ledger.load(personStream(id), personFold);
  if (person.status !== 'active') return undefined;
  const own = representativesOf(person).filter(
    ({ representative }) => person.representations.get(representative)?.mandate === mandate,
  );
  const facts = personFactsOf(person);
  const now = reader.ledger.clock.now();
  const isTold = (item: Parameters<typeof isToldLikeThePerson>[1]) =>
    own.some((one) => isToldLikeThePerson(one, item, facts, now));
  const items = [...person.items.values()];
  const hidden = items.filter((item) => !isTold(item)).map(({ item }) => item);
  const whole = isTold({});
  return whole || hidden.length < items.length ? { kind: 'told', hidden: new Set(hidden), whole } : undefined;
}
