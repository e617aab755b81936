import type { CellRulings, RuleId } from '#assessment';
import type { FindingRule } from './rules.js';

/** What a ruling that blocks comes to as a finding about an act that happened. */
export interface Breach {
  readonly rule: FindingRule;
  readonly facts: readonly { readonly kind: string; readonly id?: string }[];
}

/** Rulings that say the act had no basis at all, whatever anybody agreed to. */
const BASELESS: readonly RuleId[] = [
  'p2-no-gdpr-ground',
  'p3-no-provision',
  'p3-unfit-provision',
  'p3-text-sought',
  'p3-none-on-purpose',
  'p3-above-max-level',
  'p3-not-in-force',
  'p5-recipient-not-listed',
  'p5-not-named',
  'p5-secret-without-provision',
  'p5-mission-foreign',
];
const OF_DISCLOSER: readonly RuleId[] = ['p5-discloser-not-listed', 'p6-discloser-unbound'];
/** Rulings that say somebody stood outside of the care in which the act was told. */
const OUTSIDE: readonly RuleId[] = [
  'p5-discloser-care-ended',
  'p5-recipient-care-ended',
  'p5-other-team',
  'p5-team-across-institutions',
];
const OPPOSED: readonly RuleId[] = ['p4-objected', 'p8-objected'];
const UNINFORMED: readonly RuleId[] = ['p4-not-informed', 'c5-not-informed'];
const UNBOUND: readonly RuleId[] = ['p6-recipient-unbound', 'c2-not-bound'];
const OVER: readonly RuleId[] = ['p5-discloser-not-in-force', 'p5-recipient-not-in-force'];
/** Elsewhere than in the commission, or kept beside what it keeps. */
const OF_SESSION: readonly RuleId[] = ['c7-session-reuse', 'c8-kept-from-session', 'p9-no-file'];
const SEATLESS: RuleId = 'p5-no-membership';
const NOT_AGREED: RuleId = 'p4-consent-missing';

/** What the record says of a passing, beside what the assessment rules. */
export interface JudgedPassing extends CellRulings {
  /** The cited provision opens the care team to others, if they agree. */
  readonly opensTeam: boolean;
  /** It asks for the person's word, or none is cited: an objection then leaves the act without it. */
  readonly asksAgreement: boolean;
  readonly knowsDiscloser: boolean;
  /** The discloser's institution is known, and the recipient is not of it. */
  readonly crosses: boolean;
  /** The recipient's seat in a commission of the kind that the provision names had ended. */
  readonly seatEnded: boolean;
}

/** Rules about one item and one recipient that are broken, each by itself; what the act rests on is another matter. */
export function brokenRules(passing: JudgedPassing): readonly Breach[] {
  return [
    ...breach('purpose-differs', passing, ['p1-reuse']),
    ...breach('session-reused', passing, OF_SESSION),
    ...breach('person-not-informed', passing, UNINFORMED),
    ...breach('recipient-not-bound', passing, UNBOUND),
    ...breach('mandate-over', passing, passing.seatEnded ? [...OVER, SEATLESS] : OVER),
  ];
}

/**
 * What the act lacked to rest on. Whatever it was, it had no valid basis; who stood against it, and whom it left the care
 * team or the institution for, are rules of their own, which the same missing word may break.
 */
export function lackingBasis(passing: JudgedPassing): readonly Breach[] {
  const { agreed, asksAgreement, crosses, opensTeam } = passing;
  const objected = (rule: RuleId) => (asksAgreement ? [rule] : []);
  const unasked = opensTeam ? [NOT_AGREED, ...objected('p4-objected')] : [];
  return [
    ...breach('after-withdrawal', passing, OPPOSED),
    ...breach('no-valid-basis', passing, [...baseless(passing), ...OUTSIDE, NOT_AGREED, ...OPPOSED]),
    ...(agreed ? [] : breach('outside-care-team', passing, [...OUTSIDE, ...unasked])),
    ...(crosses ? breach('border-not-agreed', passing, ['p8-no-agreement', ...objected('p8-objected')]) : []),
  ];
}

/** Reuse is found as that; nothing is asked of a discloser whom nobody knows. */
function baseless({ rulings, knowsDiscloser, seatEnded }: JudgedPassing): readonly RuleId[] {
  const reused = rulings.some(({ rule }) => rule === 'p1-reuse');
  return [
    ...BASELESS,
    ...(reused ? [] : (['p1-purpose-foreign'] as const)),
    ...(knowsDiscloser ? OF_DISCLOSER : []),
    ...(seatEnded ? [] : [SEATLESS]),
  ];
}

function breach(rule: FindingRule, { rulings }: JudgedPassing, ids: readonly RuleId[]): readonly Breach[] {
  const blocking = rulings.filter((one) => one.state === 'block' && ids.includes(one.rule));
  return blocking.length > 0 ? [{ rule, facts: blocking.flatMap(({ facts }) => facts) }] : [];
}
