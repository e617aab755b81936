import { asId, type Effective } from '#decider';
import {
  EVERYTHING,
  inScope,
  memberOf,
  NOTHING_NAMED,
  type ActivePerson,
  type CategoryCode,
  type Consent,
  type Exclusion,
  type ItemId,
  type Passing,
  type Scope,
} from '#person';
import { startMs } from '#time';

type Agreed = Scope & Pick<Consent, 'onward'> & { readonly exclusions: readonly Withheld[] };
type Withheld = Pick<Exclusion, 'excluded' | 'effectiveAt'>;

/**
 * Whether earlier withdrawals already withhold, by then, everything that `excluded` would take out of a consent.
 *
 * Scopes are products of items, recipients and purposes, so each dimension is looked at by itself: what earlier
 * exclusions tell apart in it falls into a few sorts, and every combination of sorts must be withheld by one of
 * them. Items that are described later and mandates that are given later count as one more of their kind.
 */
export function isWithheld(person: ActivePerson, consent: Agreed, excluded: Scope, by: Effective): boolean {
  const earlier = consent.exclusions.filter(({ effectiveAt }) => startMs(effectiveAt) <= startMs(by));
  const reached = [...consent.recipients, ...consent.onward];
  const asked: readonly Scope[] = [{ ...consent, recipients: reached }, excluded];
  const items = itemsOf(person, consent).map((part) => ({ ...NOTHING_NAMED, ...part }));
  const recipients = recipientsOf([...asked, ...earlier.map((e) => e.excluded)]);
  const purposes = consent.purposes.map((purpose) => ({ ...NOTHING_NAMED, purpose }));
  const sorts = [
    sortsOf(items, asked, earlier, itemsOnly),
    sortsOf(recipients, asked, earlier, ({ recipients: r }) => ({ ...EVERYTHING, recipients: r })),
    sortsOf(purposes, asked, earlier, ({ purposes: p }) => ({ ...EVERYTHING, purposes: p })),
  ];
  return combinations(sorts).every((combination) =>
    earlier.some((exclusion) => combination.every((sort) => sort.includes(exclusion))),
  );
}

/** Exclusions that withhold the same things of one dimension. */
type Sort = readonly Withheld[];

function sortsOf(
  parts: readonly Passing[],
  asked: readonly Scope[],
  earlier: readonly Withheld[],
  only: (scope: Scope) => Scope,
): readonly Sort[] {
  const sorts = parts
    .filter((part) => asked.every((scope) => inScope(only(scope), part)))
    .map((part) => earlier.filter(({ excluded }) => inScope(only(excluded), part)));
  const key = (sort: Sort) => sort.map((exclusion) => earlier.indexOf(exclusion)).join();
  return [...new Map(sorts.map((sort) => [key(sort), sort])).values()];
}

function itemsOnly({ items, categories }: Scope): Scope {
  return { ...EVERYTHING, items, categories };
}

function itemsOf(person: ActivePerson, consent: Scope): { item: ItemId; category?: CategoryCode }[] {
  const described = [...person.items.values()].map(({ item, category }) => ({ item, category }));
  const later = consent.categories.map((category) => ({ item: asId<'Item'>(''), category }));
  return [...described, ...later];
}

/** Everybody whom these scopes tell apart: those they name, and somebody else in each institution they name. */
function recipientsOf(scopes: readonly Scope[]): readonly Passing[] {
  return scopes
    .flatMap(({ recipients }) => recipients)
    .map((scope) => ({ ...NOTHING_NAMED, recipient: memberOf(scope) }));
}

function combinations(sorts: readonly (readonly Sort[])[]): readonly (readonly Sort[])[] {
  return sorts.reduce<readonly (readonly Sort[])[]>(
    (made, next) => made.flatMap((combination) => next.map((sort) => [...combination, sort])),
    [[]],
  );
}
