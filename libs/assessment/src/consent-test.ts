import { blank, cite, type Cell, type FactRef } from './cell.js';
import { inCareTeam } from './relation.js';
import type { RuleId } from './rules/rules.js';
import type { Stance } from './stance.js';

/** One row of the consent table: what it gives under point 4, and under point 8 at another institution. */
export interface ConsentRow {
  readonly p4: RuleId;
  readonly p8: RuleId;
  readonly facts: readonly FactRef[];
}

/** The consent table of section (d), one function for each group of rows. */
export function consentRow(cell: Cell): ConsentRow {
  const { provision, requisition } = cell;
  if (requisition) return row('p4-requisition', 'p8-provision-instead');
  if (provision === undefined) return consentIsTheBasis(cell);
  switch (provision.consent) {
    case 'prior-required':
      return priorRequired(cell);
    case 'objection-possible':
      return objectionPossible(cell);
    case 'not-specified':
      return provision.role === 'obliges' ? notRequired(cell) : leftOpen(cell);
    case 'not-required':
    case 'not-applicable':
      return notRequired(cell);
  }
}

function row(p4: RuleId, p8: RuleId, facts: readonly FactRef[] = []): ConsentRow {
  return { p4, p8, facts };
}

export function citeConsents({ valid }: Stance): FactRef[] {
  return cite('consent', ...valid);
}

function citeAgainst({ against, doubtfulAgainst }: Stance): FactRef[] {
  return [...against, ...doubtfulAgainst].flatMap((word) => cite(word.kind, word));
}

function disagreement({ stance }: Cell): ConsentRow | undefined {
  if (!stance.disagreement) return undefined;
  return row('p4-parents-disagree', 'p8-to-decide', [...citeConsents(stance), ...citeAgainst(stance)]);
}

/** Whether one parent suffices for sensitive sharing is an open question; inside the care team it is settled. */
function agreed(cell: Cell): ConsentRow {
  const { stance, recipient } = cell;
  const silent = stance.oneSilent && !inCareTeam(recipient, cell);
  return row(silent ? 'p4-parent-silent' : 'p4-consent-valid', 'p8-agreed', citeConsents(stance));
}

/** Nothing valid where consent is asked for: refused, unless it is not known who could have given it. */
function notAgreed({ stance }: Cell): ConsentRow {
  if (stance.doubtful.length > 0)
    return row('p4-consent-doubtful', 'p8-to-decide', cite('consent', ...stance.doubtful));
  if (stance.nobodyMayConsent) return row('p4-nobody-may-consent', 'p8-to-decide', citeAgainst(stance));
  return stance.against.length > 0
    ? row('p4-objected', 'p8-objected', citeAgainst(stance))
    : row('p4-consent-missing', 'p8-no-agreement');
}

function consentIsTheBasis(cell: Cell): ConsentRow {
  return disagreement(cell) ?? (cell.stance.valid.length > 0 ? agreed(cell) : notAgreed(cell));
}

function priorRequired(cell: Cell): ConsentRow {
  const split = disagreement(cell);
  if (split) return split;
  if (cell.stance.valid.length > 0) return agreed(cell);
  return mayBeSoughtAfter(cell) ? row('p4-emergency', 'p8-emergency') : notAgreed(cell);
}

/** D1110-3-1: emergency or impossibility, with a written reason, against nobody's word. */
function mayBeSoughtAfter(cell: Cell): boolean {
  const { against, doubtfulAgainst } = cell.stance;
  return isUnderCareSecrecy(cell) && hasUrgentReason(cell) && against.length + doubtfulAgainst.length === 0;
}

export function isUnderCareSecrecy({ provision }: Cell): boolean {
  return provision?.id.startsWith('csp-l1110-4') ?? false;
}

export function hasUrgentReason({ request: { exception } }: Cell): boolean {
  return exception !== undefined && exception.kind !== 'contrary-to-interest' && !blank(exception.reason);
}

function objectionPossible(cell: Cell): ConsentRow {
  const { stance } = cell;
  const personObjects = stance.against.some((word) => word.by.kind === 'person');
  if (personObjects) return row('p4-objected', 'p8-objected', citeAgainst(stance));
  const split = disagreement(cell);
  if (split) return split;
  if (stance.against.length > 0) return row('p4-objected', 'p8-objected', citeAgainst(stance));
  if (stance.doubtfulAgainst.length > 0)
    return row('p4-objection-doubtful', 'p8-to-decide', citeAgainst(stance));
  if (stance.oneSilent) return agreed(cell);
  return row('p4-no-objection', 'p8-provision-instead');
}

/** A doubtful objection weighs no more than a certain one would. */
function isContested({ against, doubtfulAgainst }: Stance): boolean {
  return against.length + doubtfulAgainst.length > 0;
}

function notRequired({ stance }: Cell): ConsentRow {
  return isContested(stance)
    ? row('p4-answer-objection', 'p8-answer-objection', citeAgainst(stance))
    : row('p4-record-sought', 'p8-provision-instead');
}

function leftOpen({ stance }: Cell): ConsentRow {
  if (isContested(stance)) return row('p4-objection-to-weigh', 'p8-to-decide', citeAgainst(stance));
  return stance.valid.length > 0
    ? row('p4-consent-valid', 'p8-agreed', citeConsents(stance))
    : row('p4-record-sought', 'p8-agreement-lacking');
}
