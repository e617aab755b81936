import type { Provision } from '#catalogue';
import type { Effective } from '#decider';
import type { Ruling } from './cell.js';
import { ageAt, assessedAble } from './dates.js';
import type { PersonFacts } from './facts.js';
import { RULES, type RuleId } from './rules/rules.js';
import type { State } from './verdict.js';

const ALWAYS: ReadonlySet<string> = new Set([
  'casf-l226-2-1',
  'casf-l226-4-i',
  'casf-l226-4-ii',
  'casf-l221-6-transmission',
  'casf-l221-3-transfer',
  'casf-l411-3-minors',
  'casf-l119-2-any',
  'casf-l119-2-bound',
  'cp-226-14-1',
  'cp-226-14-3',
  'cp-226-14-4-weapon',
  'cp-223-6',
]);
const FOR_THE_UNPROTECTED: ReadonlySet<string> = new Set(['cp-226-14-2', 'cpp-40-al2']);

/** An alert that must not be stopped by a missing paper: `legal.md`, safety rule. */
export function isSafetyProvision(
  provision: Pick<Provision, 'id'> | undefined,
  person: PersonFacts,
  at: Effective,
): boolean {
  if (provision === undefined) return false;
  if (ALWAYS.has(provision.id)) return true;
  return FOR_THE_UNPROTECTED.has(provision.id) && isUnprotected(person, at);
}

function isUnprotected(person: PersonFacts, at: Effective): boolean {
  return (
    ageAt(person, at) === 'minor' ||
    person.unableToProtectThemselves === true ||
    assessedAble(person, at) === false
  );
}

export interface Weighed extends Ruling {
  readonly state: State;
  /** The safety rule made it a warning: the task is to settle it afterwards. */
  readonly softened: boolean;
}

/** Points that the safety rule softens whole; elsewhere each rule says whether it does. */
const SOFT_POINTS: ReadonlySet<number> = new Set([4, 8, 9]);

export function weigh(point: number, { rule, facts, firm }: Ruling, safety: boolean): Weighed {
  const { state, softens } = RULES[rule];
  const severe = state === 'block' || state === 'escalate';
  const softened = safety && severe && firm === undefined && (softens === true || SOFT_POINTS.has(point));
  return { rule: rule satisfies RuleId, facts, state: softened ? 'warn' : state, softened };
}
