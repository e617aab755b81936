import { accept, type Decision, type Effective } from '#decider';
import { rejectNotInForce, type Mandate } from '#directory';
import {
  emptyScope,
  rejectImpossibleDate,
  rejectUnknownItems,
  type ActivePerson,
  type Facts,
  type NonDisclosureJustified,
} from '#person';

export interface JustifyNonDisclosure {
  readonly justification: NonDisclosureJustified['data'];
  readonly mandate: Mandate;
  /** Left out: now. */
  readonly effectiveAt?: Effective;
}

export function justifyNonDisclosure(
  person: ActivePerson,
  { justification, mandate, effectiveAt }: JustifyNonDisclosure,
  { now }: Facts,
): Decision<NonDisclosureJustified> {
  const { items } = justification;
  if (items.length === 0) return emptyScope('items', 'The justification names no item.');
  return (
    rejectUnknownItems(person, 'items', items) ??
    rejectImpossibleDate(person, 'effectiveAt', effectiveAt, now) ??
    rejectNotInForce('mandate', mandate, effectiveAt ?? now) ??
    accept({ type: 'NonDisclosureJustified', data: justification, effectiveAt })
  );
}
