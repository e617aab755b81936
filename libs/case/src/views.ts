import type { ActivePerson, Case, ItemId } from '#person';

/** An item by its label. */
export interface ItemView {
  readonly item: ItemId;
  readonly label: string | null;
  readonly category: string | null;
}

/** A professional with the names that people know. The name is null once its key was destroyed. */
export interface ProfessionalView {
  readonly mandate: string;
  readonly name: string | null;
  readonly function: string | null;
  readonly institutionName: string | null;
}

export function itemView({ items }: ActivePerson, item: ItemId): ItemView {
  const known = items.get(item);
  return { item, label: known?.label ?? null, category: known?.category ?? null };
}

export function itemViews(person: ActivePerson, { items }: Case): readonly ItemView[] {
  return items.map(({ item }) => itemView(person, item));
}

export function nameOf({ identity }: ActivePerson): string {
  return `${identity.givenName} ${identity.familyName}`;
}
