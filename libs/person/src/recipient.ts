import { asId, type Code } from '#decider';
import type { InstitutionId, MandateId } from '#directory';
import type { CategoryCode, ItemId, OutsiderId, PurposeCode } from './person.ids.js';

/** To whom something is made known. */
export type Recipient =
  | { readonly kind: 'mandate'; readonly mandate: MandateId; readonly institution: InstitutionId }
  | { readonly kind: 'outsider'; readonly outsider: OutsiderId }
  /** A function that an institution declares, by its code; the institution keeps the log of who looked. */
  | { readonly kind: 'category'; readonly institution: InstitutionId; readonly function: Code<'Function'> }
  /** In reported facts only: somebody, nobody knows who. */
  | { readonly kind: 'unknown' };

/** Whoever may hold an item: a recipient, or under its mandate the one who learnt it first. */
export type Holder = Recipient;

/** Text that is equal for equal holders: `mandate:<id>`, `outsider:<id>`, `category:<institution>:<function>`. */
export function holderKey(holder: Holder): string {
  switch (holder.kind) {
    case 'mandate':
      return `mandate:${holder.mandate}`;
    case 'outsider':
      return `outsider:${holder.outsider}`;
    case 'category':
      return `category:${holder.institution}:${holder.function}`;
    case 'unknown':
      return 'unknown';
  }
}

export function institutionOf(holder: Holder): InstitutionId | undefined {
  return holder.kind === 'mandate' || holder.kind === 'category' ? holder.institution : undefined;
}

/** The institutions behind these, each once. */
export function institutionsOf(holders: readonly Holder[]): readonly InstitutionId[] {
  return [...new Set(holders.flatMap((holder) => institutionOf(holder) ?? []))];
}

/** Recipients that a consent, refusal or objection names; an institution covers its later mandates too. */
export type RecipientScope =
  | Exclude<Recipient, { kind: 'unknown' }>
  | { readonly kind: 'institution'; readonly institution: InstitutionId };

/**
 * What a consent, refusal, withdrawal or objection is about. In a consent every list names what it covers; in
 * the others an empty list leaves that dimension open: "to anybody", "for any purpose".
 */
export interface Scope {
  readonly items: readonly ItemId[];
  readonly categories: readonly CategoryCode[];
  readonly recipients: readonly RecipientScope[];
  readonly purposes: readonly PurposeCode[];
}

/** One item shown to one recipient for one purpose. */
export interface Passing {
  readonly item: ItemId;
  readonly category: CategoryCode | undefined;
  readonly recipient: Recipient;
  /** Left out where nobody knows who discloses. */
  readonly discloser?: Holder | undefined;
  readonly purpose: PurposeCode | undefined;
}

/** Narrows nothing. */
export const EVERYTHING: Scope = { items: [], categories: [], recipients: [], purposes: [] };

/** A passing of which no scope names anything: what is described, given or registered later. */
export const NOTHING_NAMED: Passing = {
  item: asId<'Item'>(''),
  category: undefined,
  recipient: { kind: 'unknown' },
  purpose: undefined,
};

/** Whom a scope names; of an institution somebody who is named by nothing else. */
export function memberOf(scope: RecipientScope): Recipient {
  if (scope.kind !== 'institution') return scope;
  return { kind: 'mandate', mandate: asId<'Mandate'>(''), institution: scope.institution };
}

/**
 * A consent covers those it names, from the discloser it names if it names one; and those to whom they may pass
 * it on, when one of them does.
 */
export function covered(
  consent: Scope & { readonly discloser?: MandateId; readonly onward: readonly RecipientScope[] },
  passing: Passing,
): boolean {
  const { discloser } = passing;
  if (inScope(consent, passing))
    return (
      consent.discloser === undefined ||
      (discloser?.kind === 'mandate' && discloser.mandate === consent.discloser)
    );
  if (discloser === undefined || consent.onward.length === 0) return false;
  const receivedIt = inScope(consent, { ...passing, recipient: discloser });
  return receivedIt && inScope({ ...consent, recipients: consent.onward }, passing);
}

/** An item is in the scope when it or its category is named, so items described later are included. */
export function inScope(scope: Scope, passing: Passing): boolean {
  return (
    ((scope.items.length === 0 && scope.categories.length === 0) || namesItem(scope, passing)) &&
    (scope.recipients.length === 0 || scope.recipients.some((r) => namesRecipient(r, passing))) &&
    (scope.purposes.length === 0 ||
      (passing.purpose !== undefined && scope.purposes.includes(passing.purpose)))
  );
}

function namesItem(scope: Scope, { item, category }: Passing): boolean {
  return scope.items.includes(item) || (category !== undefined && scope.categories.includes(category));
}

function namesRecipient(scope: RecipientScope, { recipient }: Passing): boolean {
  if (scope.kind === 'institution') return scope.institution === institutionOf(recipient);
  return holderKey(scope) === holderKey(recipient);
}
