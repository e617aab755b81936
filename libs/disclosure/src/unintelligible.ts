import { reject } from '#decider';
import {
  emptyScope,
  institutionOf,
  rejectBeforeBirth,
  rejectForeign,
  rejectUnknownOutsiders,
  rejectUnknownProvision,
  rejectUnknownPurpose,
  unknownReference,
  type ActivePerson,
  type Intended,
} from '#person';
import { rejectFuture, rejectInverted, type Rejected } from '#time';
import { rejectDeclaredStrangers } from './declared-care.js';
import { held } from './holding.js';
import type { IntendedFacts } from './intended.js';
import { rejectUnknownConsents, rejectUnknownDisclosed, rejectUnknownRetention } from './rules.js';

/** What cannot be judged at all: it names nothing, or something that is not there. Nothing of it is recorded. */
export function rejectUnintelligible(
  person: ActivePerson,
  intended: Intended,
  facts: IntendedFacts,
): Rejected | undefined {
  const { act, consents = [], provision, effectiveAt } = intended;
  return (
    rejectForeign('discloser', facts, [institutionOf(act.discloser)]) ??
    rejectEmpty(intended) ??
    rejectDeclaredStrangers(intended) ??
    rejectUnknownDisclosed(person, 'items', act.items) ??
    rejectUnknownOutsiders(person, 'recipients', act.recipients) ??
    rejectUnknownOutsiders(person, 'onward', act.onward ?? []) ??
    rejectUnknownPurpose(facts.catalogue, 'purpose', act.purpose) ??
    rejectUnknownProvision(facts.catalogue, 'provision', provision) ??
    rejectUnknownConsents(person, 'consents', consents) ??
    rejectUnknownRetention(facts.catalogue, 'retentionRule', act.retentionRule) ??
    rejectCoarse(intended) ??
    rejectFuture('effectiveAt', effectiveAt, facts.now) ??
    rejectBeforeBirth(person, 'effectiveAt', effectiveAt) ??
    rejectInverted('retainUntil', effectiveAt, act.retainUntil) ??
    rejectUnknownMandates(intended, facts) ??
    rejectNotHeld(person, intended)
  );
}

function rejectEmpty({ act }: Intended): Rejected | undefined {
  if (act.items.length === 0) return emptyScope('items', 'The disclosure names no item.');
  return act.recipients.length === 0
    ? emptyScope('recipients', 'The disclosure names no recipient.')
    : rejectUnnamed(act.recipients.findIndex(({ kind }) => kind === 'unknown'));
}

/** A month or a year holds days on which it was allowed and days on which it was not. */
function rejectCoarse({ effectiveAt }: Intended): Rejected | undefined {
  if (typeof effectiveAt === 'string' || effectiveAt.precision === 'day') return undefined;
  return reject({
    kind: 'contradiction',
    field: 'effectiveAt',
    detail: 'Nobody can intend to tell something in some month or year.',
    remedy: 'Give the day; what already happened, and nobody knows when, is reported instead.',
  });
}

function rejectUnnamed(i: number): Rejected | undefined {
  if (i < 0) return undefined;
  return reject({
    kind: 'contradiction',
    field: `recipients[${i}].kind`,
    detail: 'Nobody can intend to tell somebody unknown.',
    remedy: 'Name the recipient; what already happened is reported instead.',
  });
}

/** Whether a mandate was in force is for point 5 to say, of each recipient by itself; one that is not there is nobody. */
function rejectUnknownMandates({ act }: Intended, { around }: IntendedFacts): Rejected | undefined {
  const named = [
    { field: 'discloser', party: act.discloser },
    ...act.recipients.map((party, i) => ({ field: `recipients[${i}].mandate`, party })),
  ];
  const unknown = named.find(({ party }) => party.kind === 'mandate' && !around.mandates.has(party.mandate));
  return unknown && unknownReference(unknown.field, 'mandate of this ledger');
}

function rejectNotHeld(person: ActivePerson, { act, effectiveAt }: Intended): Rejected | undefined {
  const missing = act.items.findIndex(({ item }) => !held(person, item, act.discloser, effectiveAt));
  if (missing < 0) return undefined;
  return reject({
    kind: 'not-held',
    field: `items[${missing}].item`,
    detail: 'The discloser does not hold this item, as far as this ledger knows.',
    remedy: 'Declare how it was learnt (a holding), or name the one who holds it.',
  });
}

/** An exception to prior information is looked at again, and not before it was made. */
export function rejectReviewedBefore({ declared, effectiveAt }: Intended): Rejected | undefined {
  return rejectInverted('exception.reviewBy', effectiveAt, declared.exception?.reviewBy);
}
