import { reject } from '#decider';
import { inForce } from '#directory';
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
import { isAlert } from './alert.js';
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
    rejectEndedMandates(person, intended, facts) ??
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

/** An alert goes out even when the mandate of whoever gives it has ended: point 5 then warns instead. */
function rejectEndedMandates(
  person: ActivePerson,
  intended: Intended,
  facts: IntendedFacts,
): Rejected | undefined {
  const { act, effectiveAt } = intended;
  const named = [
    ...(isAlert(person, intended, facts) ? [] : [{ field: 'discloser', party: act.discloser }]),
    ...act.recipients.map((party, i) => ({ field: `recipients[${i}].mandate`, party })),
  ];
  for (const { field, party } of named) {
    if (party.kind !== 'mandate') continue;
    const known = facts.around.mandates.get(party.mandate);
    if (!known) return unknownReference(field, 'mandate of this ledger');
    if (inForce(known.mandate, effectiveAt)) continue;
    return reject({
      kind: 'mandate-not-in-force',
      field,
      detail: 'This mandate was not in force on that date.',
      remedy: 'Name a mandate in force, or report what already happened.',
    });
  }
  return undefined;
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
