import { endMs } from '#time';
import {
  cite,
  citeCode,
  ruling,
  rulingsOf,
  type Cell,
  type Point,
  type PointRule,
  type Ruling,
} from './cell.js';
import { cannotBeMet, isRetentionChosen, isRuleForIt, limitOfRule, type CellDuty } from './duties.js';
import { learntInSession } from './level.js';

/** CJEU C-154/21: on request the person is told who received, by name. */
const recipientCanBeTold: PointRule = ({ recipient }) => {
  const { kind } = recipient.party;
  const recordable = kind === 'category' ? recipient.accessLog === true : kind !== 'unknown';
  return recordable ? undefined : ruling('p9-not-recordable', cite('mandate', recipient));
};

const retentionIsChosen: PointRule = (cell) =>
  isRetentionChosen(cell) ? undefined : ruling('p9-no-retention');

const noFileIsKept: PointRule = ({ provision, request }) =>
  provision?.duration.code === 'no-file' && keepsSomething(request)
    ? ruling('p9-no-file', citeCode('provision', provision.id))
    : undefined;

function keepsSomething({ keeps }: Cell['request']): boolean {
  return keeps !== undefined && keeps.length > 0;
}

const channelIsSecure: PointRule = ({ request, catalogue }) =>
  request.channel !== undefined && catalogue.channel(request.channel)?.secure
    ? undefined
    : ruling('p9-insecure-channel');

const expiryKeepsToTheRule: PointRule = (cell) => {
  const until = cell.request.retention?.until;
  const limit = limitOfRule(cell);
  return until !== undefined && limit !== undefined && endMs(until) > endMs(limit)
    ? ruling('p9-beyond-rule', citeCode('retention-rule', cell.request.retention?.rule))
    : undefined;
};

/** Retention goes by category and purpose: a rule made for others sets no term for this. */
const ruleIsForIt: PointRule = (cell) =>
  isRuleForIt(cell)
    ? undefined
    : ruling('p9-rule-for-others', citeCode('retention-rule', cell.request.retention?.rule));

/** C8. */
const nothingIsBuiltFromSession: PointRule = (cell) =>
  (cell.session !== undefined || learntInSession(cell.item, cell)) && keepsSomething(cell.request)
    ? ruling('c8-kept-from-session')
    : undefined;

/** C9. */
const papersAreDestroyed: PointRule = ({ session }) =>
  session === undefined ? undefined : ruling('c9-destroy-papers');

const RULES: readonly PointRule[] = [
  ({ request }) => ruling('p9-trace', citeCode('retention-rule', request.retention?.rule)),
  recipientCanBeTold,
  retentionIsChosen,
  noFileIsKept,
  channelIsSecure,
  expiryKeepsToTheRule,
  ruleIsForIt,
  nothingIsBuiltFromSession,
  papersAreDestroyed,
];

export const trail: Point = (cell) => rulingsOf(RULES, cell);

/** Asked last, because the duties of the other points enter it. */
export function dutiesCanBeMet(cell: Cell, duties: readonly CellDuty[]): readonly Ruling[] {
  return duties.some((duty) => cannotBeMet(duty, cell)) ? [ruling('p9-duty-impossible')] : [];
}
