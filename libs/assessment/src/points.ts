import { citeCode, ruling, type Cell, type FactRef, type Point } from './cell.js';
import { dutiesOf, type CellDuty } from './duties.js';
import { purposeAndBenefit } from './point-1-purpose.js';
import { confidentiality } from './point-2-confidentiality.js';
import { secrecyAndLaw } from './point-3-secrecy-and-law.js';
import { informationAndConsent } from './point-4-information-and-consent.js';
import { inOffice, standing } from './point-5-standing.js';
import { secrecyOfActors } from './point-6-secrecy-of-actors.js';
import { strictNecessity } from './point-7-necessity.js';
import { otherInstitutions } from './point-8-other-institutions.js';
import { dutiesCanBeMet, trail } from './point-9-trail.js';
import type { RuleId } from './rules/rules.js';
import { weigh, type Weighed } from './safety.js';
import { worst, type State } from './verdict.js';

export const POINTS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
export type PointNumber = (typeof POINTS)[number];

const POINT: Readonly<Record<PointNumber, Point>> = {
  1: purposeAndBenefit,
  2: confidentiality,
  3: secrecyAndLaw,
  4: informationAndConsent,
  5: standing,
  6: secrecyOfActors,
  7: strictNecessity,
  8: otherInstitutions,
  9: trail,
};

/** What a point says when none of its rules has anything to say. */
const IN_ORDER: Readonly<Record<PointNumber, RuleId>> = {
  1: 'p1-ok',
  2: 'p2-ok',
  3: 'p3-ok',
  4: 'p4-informed',
  5: 'p5-ok',
  6: 'p6-ok',
  7: 'p7-ok',
  8: 'p8-same-institution',
  9: 'p9-trace',
};

export interface JudgedPoint {
  readonly point: PointNumber;
  readonly state: State;
  /** The ruling that decides comes first. */
  readonly rulings: readonly Weighed[];
}

export interface JudgedCell {
  readonly points: readonly JudgedPoint[];
  readonly duties: readonly CellDuty[];
}

/** Whether a point arises at the item's effective level; nothing below prevails over that (section b). */
export function applies(point: PointNumber, { level, provision, catalogue }: Cell): boolean {
  if (catalogue.level(level).points.includes(point)) return true;
  if (point === 3 || point === 5) return provision !== undefined;
  return point === 6 && level === 'confidential' && provision?.recipients.mustBeBoundBySecrecy === true;
}

export function judge(cell: Cell): JudgedCell {
  const points = POINTS.map((point) => judgePoint(point, cell));
  const duties = dutiesOf(cell, rulingsIn(points));
  const late = dutiesCanBeMet(cell, duties).map((r) => weigh(9, r, cell.safety));
  if (late.length === 0) return { points, duties };
  const again = points.map((p) => (p.point === 9 ? judged(9, [...p.rulings, ...late]) : p));
  return { points: again, duties: dutiesOf(cell, rulingsIn(again)) };
}

function rulingsIn(points: readonly JudgedPoint[]): readonly Weighed[] {
  return points.flatMap((p) => p.rulings);
}

function judgePoint(point: PointNumber, cell: Cell): JudgedPoint {
  if (!applies(point, cell)) return judged(point, [weigh(point, ruling('below-level'), false)]);
  const rulings = POINT[point](cell).map((r) => weigh(point, r, cell.safety));
  return judged(
    point,
    rulings.length > 0 ? rulings : [weigh(point, ruling(IN_ORDER[point], restsOn(point, cell)), false)],
  );
}

/** What a point speaks of when it is in order. */
function restsOn(point: PointNumber, { purpose, provision }: Cell): readonly FactRef[] {
  const law = citeCode('provision', provision?.id);
  if (point === 1) return [...citeCode('purpose', purpose?.code), ...law];
  return point === 3 ? law : [];
}

function judged(point: PointNumber, rulings: readonly Weighed[]): JudgedPoint {
  const state = worst(rulings.map((r) => r.state));
  // A rule with a sentence of its own explains more than one that only says a trace is left.
  const deciding = rulings.find((r) => r.state === state && r.rule !== IN_ORDER[point]);
  const others = rulings.filter((r) => r !== deciding);
  const first = deciding ?? others.find((r) => r.state === state)!;
  return { point, state, rulings: [first, ...rulings.filter((r) => r !== first)] };
}

/** Telling the person asks for a mandate in force and for nothing else. It is no alert, so nothing is softened. */
export function judgeInformation(cell: Cell): JudgedCell {
  const points = POINTS.map((point) => {
    const rulings = point === 5 ? inOffice(cell) : [];
    const said = rulings.length > 0 ? rulings : [ruling('not-a-disclosure')];
    return judged(
      point,
      said.map((r) => weigh(point, r, false)),
    );
  });
  return { points, duties: [] };
}
