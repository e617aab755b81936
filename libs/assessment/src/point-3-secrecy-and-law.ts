import { dayOf } from '#time';
import { citeCode, ruling, rulingsOf, type Cell, type Point, type PointRule } from './cell.js';
import { isLower } from './level.js';
import { strengthOf } from './secrecy.js';
import type { RuleId } from './rules/rules.js';

const secretNeedsProvision: PointRule = (cell) =>
  cell.level === 'secret' && cell.provision === undefined
    ? ruling(whyThereIsNone(cell), citeCode('provision', cell.request.provision))
    : undefined;

function whyThereIsNone({ purpose, unfitCitation }: Cell): RuleId {
  if (purpose?.provisions === 'being-sought') return 'p3-text-sought';
  if (purpose?.provisions === 'none-on-purpose') return 'p3-none-on-purpose';
  return unfitCitation ? 'p3-unfit-provision' : 'p3-no-provision';
}

/** A rule about the provision that was cited. */
function aboutProvision(rule: RuleId, applies: (cell: Cell & ProvisionCited) => boolean): PointRule {
  return (cell) => {
    if (!isCited(cell)) return undefined;
    return applies(cell) ? ruling(rule, citeCode('provision', cell.provision.id)) : undefined;
  };
}

type ProvisionCited = { readonly provision: NonNullable<Cell['provision']> };

function isCited(cell: Cell): cell is Cell & ProvisionCited {
  return cell.provision !== undefined;
}

function isInForce({ provision: { inForce }, at }: Cell & ProvisionCited): boolean {
  const day = dayOf(at);
  return (inForce?.from ?? day) <= day && day <= (inForce?.until ?? day);
}

const PROVISION_RULES: readonly PointRule[] = [
  aboutProvision('p3-above-max-level', ({ provision, level }) =>
    isLower(provision.information.maxLevel, level),
  ),
  aboutProvision('p3-not-in-force', (cell) => !isInForce(cell)),
  aboutProvision('p3-low-confidence', ({ provision }) => provision.confidence === 'low'),
  aboutProvision(
    'p3-requisition',
    ({ provision, requisition }) =>
      requisition || provision.purposes.some((p) => p === 'judicial-requisition'),
  ),
  aboutProvision(
    'p3-cpp-40',
    ({ provision, facts, catalogue }) =>
      provision.id === 'cpp-40-al2' && strengthOf(facts.discloser.secrecy, provision, catalogue) !== 'none',
  ),
  aboutProvision('p3-medium-confidence', ({ provision }) => provision.confidence === 'medium'),
  aboutProvision('p3-dates-unknown', ({ provision }) => provision.inForce === undefined),
];

export const secrecyAndLaw: Point = (cell) => rulingsOf([secretNeedsProvision, ...PROVISION_RULES], cell);
