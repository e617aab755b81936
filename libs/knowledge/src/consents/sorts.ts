import { asId } from '#decider';
import {
  covered,
  EVERYTHING,
  inScope,
  memberOf,
  NOTHING_NAMED,
  type ActivePerson,
  type Consent,
  type Holder,
  type Passing,
  type Scope,
} from '#person';

/** What was said: a consent, or something with a scope alone. */
export type Said = Scope & Partial<Pick<Consent, 'onward' | 'discloser'>>;

/**
 * One passing of every sort that these can tell apart: two passings of one sort are in the same scopes. Scopes are
 * products of items, recipients and purposes, so each dimension is sorted by itself. Items described later, mandates
 * given later and whoever nobody named count as one more of their kind.
 */
export function sortsOf(person: ActivePerson, said: readonly Said[]): readonly Passing[] {
  const scopes = said.flatMap(({ onward = [], ...scope }) => [scope, { ...scope, recipients: onward }]);
  const items = sorted(itemsOf(person, scopes), scopes, ({ items: i, categories }) => ({
    items: i,
    categories,
  }));
  const recipients = sorted(recipientsOf(scopes), scopes, (scope) => ({ recipients: scope.recipients }));
  const purposes = sorted(purposesOf(scopes), scopes, (scope) => ({ purposes: scope.purposes }));
  return items.flatMap((item) =>
    recipients.flatMap(({ recipient }) =>
      purposes.flatMap(({ purpose }) =>
        disclosersOf(said).map((discloser) => ({ ...item, recipient, purpose, discloser })),
      ),
    ),
  );
}

/** One of each sort: those that the same scopes name in this dimension. */
function sorted(
  passings: readonly Passing[],
  scopes: readonly Scope[],
  dimension: (scope: Scope) => Partial<Scope>,
): readonly Passing[] {
  const only = scopes.map((scope) => ({ ...EVERYTHING, ...dimension(scope) }));
  const key = (passing: Passing) => only.map((scope) => (inScope(scope, passing) ? 1 : 0)).join('');
  return [...new Map(passings.map((passing) => [key(passing), passing])).values()];
}

function itemsOf(person: ActivePerson, scopes: readonly Scope[]): readonly Passing[] {
  const named = new Set(scopes.flatMap(({ items }) => items));
  const categories = new Set(scopes.flatMap((scope) => scope.categories));
  return [
    NOTHING_NAMED,
    ...[...named].map((item) => ({ ...NOTHING_NAMED, item, category: person.items.get(item)?.category })),
    ...[...categories].map((category) => ({ ...NOTHING_NAMED, category })),
  ];
}

/** Everybody whom the scopes name, somebody else in each institution that they name, and somebody else. */
function recipientsOf(scopes: readonly Scope[]): readonly Passing[] {
  const named = scopes.flatMap(({ recipients }) => recipients.map(memberOf));
  return [NOTHING_NAMED, ...named.map((recipient) => ({ ...NOTHING_NAMED, recipient }))];
}

function purposesOf(scopes: readonly Scope[]): readonly Passing[] {
  const named = new Set(scopes.flatMap(({ purposes }) => purposes));
  return [NOTHING_NAMED, ...[...named].map((purpose) => ({ ...NOTHING_NAMED, purpose }))];
}

/** Whom a consent names as its discloser, those who may pass on what they received under it, and somebody else. */
function disclosersOf(said: readonly Said[]): readonly (Holder | undefined)[] {
  const all = said.flatMap(({ discloser, onward = [], recipients }): readonly Holder[] => [
    ...(discloser
      ? [{ kind: 'mandate', mandate: discloser, institution: asId<'Institution'>('') } as const]
      : []),
    ...(onward.length > 0 ? recipients.map(memberOf) : []),
  ]);
  const key = (holder: Holder) =>
    said
      .map((one) => [
        holder.kind === 'mandate' && holder.mandate === one.discloser,
        one.onward &&
          inScope({ ...EVERYTHING, recipients: one.recipients }, { ...NOTHING_NAMED, recipient: holder }),
      ])
      .join();
  return [undefined, ...new Map(all.map((holder) => [key(holder), holder])).values()];
}

/** What a consent covers, what a refusal or an objection is about. */
export function isAbout(said: Scope | Consent, passing: Passing): boolean {
  return 'onward' in said ? covered(said, passing) : inScope(said, passing);
}
