import type {
  Consent,
  Information,
  ItemFacts,
  Party,
  PartyFacts,
  PartyScope,
  PurposeCode,
  Scope,
} from './facts.js';

/** Text that is equal for equal parties. */
export function partyKey(party: Party): string {
  switch (party.kind) {
    case 'mandate':
      return `mandate:${party.mandate}`;
    case 'outsider':
      return `outsider:${party.outsider}`;
    case 'category':
      return `category:${party.institution}:${party.function}`;
    default:
      return party.kind;
  }
}

/** One item shown to one party for one purpose, as scopes look at it. */
export interface Passing {
  readonly item: ItemFacts;
  readonly recipient: PartyFacts;
  readonly purpose: PurposeCode | undefined;
}

/** An institution covers its later mandates; a function inside it covers whoever holds that function. */
export function namesParty(scope: PartyScope, { party, institution, function: held }: PartyFacts): boolean {
  switch (scope.kind) {
    case 'institution':
      return institution !== undefined && scope.institution === institution;
    case 'category':
      return institution === scope.institution && [held, functionOf(party)].includes(scope.function);
    case 'mandate':
      return party.kind === 'mandate' && party.mandate === scope.mandate;
    case 'outsider':
      return party.kind === 'outsider' && party.outsider === scope.outsider;
  }
}

function functionOf(party: Party): string | undefined {
  return party.kind === 'category' ? party.function : undefined;
}

function namesItem({ items, categories }: Scope, { item, category }: ItemFacts): boolean {
  return items.includes(item) || (category !== undefined && categories.includes(category));
}

function namesPurpose({ purposes }: Scope, purpose: PurposeCode | undefined): boolean {
  return purpose !== undefined && purposes.includes(purpose);
}

/** A refusal, objection or exclusion: what it does not name, it leaves open. */
export function coversOpenly(scope: Scope, { item, recipient, purpose }: Passing): boolean {
  return (
    ((scope.items.length === 0 && scope.categories.length === 0) || namesItem(scope, item)) &&
    (scope.recipients.length === 0 || scope.recipients.some((r) => namesParty(r, recipient))) &&
    (scope.purposes.length === 0 || namesPurpose(scope, purpose))
  );
}

/** A consent never widens by silence: item, recipient, purpose and discloser must each be named. */
export function consentCovers(consent: Consent, passing: Passing, discloser: PartyFacts): boolean {
  const mayRely =
    consent.discloser === undefined ||
    (discloser.party.kind === 'mandate' && discloser.party.mandate === consent.discloser);
  return consentReaches(consent, passing, discloser) && (mayRely || passesOn(consent, passing, discloser));
}

/** Whoever may rely on it: a withdrawal takes back that much. */
export function consentReaches(consent: Consent, passing: Passing, discloser: PartyFacts): boolean {
  const { scope } = consent;
  if (!namesItem(scope, passing.item) || !namesPurpose(scope, passing.purpose)) return false;
  return (
    scope.recipients.some((r) => namesParty(r, passing.recipient)) || passesOn(consent, passing, discloser)
  );
}

/** A recipient whom the consent names may pass it on to those it names for that. */
function passesOn({ scope, onward }: Consent, { recipient }: Passing, discloser: PartyFacts): boolean {
  return (
    onward.some((r) => namesParty(r, recipient)) && scope.recipients.some((r) => namesParty(r, discloser))
  );
}

/** A request made for the person: their consent names each item itself, not its category. */
export function namesItemItself({ scope }: Consent, { item }: ItemFacts): boolean {
  return scope.items.includes(item);
}

/** A notice without recipients is a general one: it covers the care team, and what it leaves open. */
export function informationCovers(
  { scope }: Information,
  { item, recipient, purpose }: Passing,
  inCareTeam: boolean,
): boolean {
  if (scope.recipients.length === 0)
    return inCareTeam && coversOpenly({ ...scope, recipients: [] }, { item, recipient, purpose });
  return (
    scope.recipients.some((r) => namesParty(r, recipient)) &&
    namesItem(scope, item) &&
    namesPurpose(scope, purpose)
  );
}
