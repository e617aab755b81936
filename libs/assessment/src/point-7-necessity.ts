import { blank, cite, citeCode, ruling, rulingsOf, type Point, type PointRule } from './cell.js';

const isJustified: PointRule = ({ asked, level, provision, item }) => {
  if (!blank(asked.justification)) return undefined;
  const required = level === 'secret' || provision?.information.necessity === 'strictly-necessary';
  return ruling(required ? 'p7-no-justification' : 'p7-justify', cite('item', item));
};

const isNotExcluded: PointRule = ({ provision, exclusionCategories, item }) =>
  provision?.information.excludedCategories.some((c) => exclusionCategories.has(c))
    ? ruling('p7-excluded', [...cite('item', item), ...citeCode('provision', provision.id)])
    : undefined;

const concernsThePoint: PointRule = ({ asked, item }) =>
  asked.unrelated ? ruling('p7-unrelated', cite('item', item)) : undefined;

const isNotAWholeFile: PointRule = ({ asked, item }) =>
  asked.wholeFile ? ruling('p7-whole-file', cite('item', item)) : undefined;

const hasNoCommentary: PointRule = ({ asked, item }) =>
  asked.commentary ? ruling('p7-commentary', cite('item', item)) : undefined;

/** C1. */
const hasInstructorsReport: PointRule = ({ session }) => {
  if (session === undefined) return undefined;
  if (session === 'unknown' || session.report === undefined) return ruling('c1-no-report');
  const { author, date, diagnosisSources, criteria } = session.report;
  const complete = date !== undefined && ![author, diagnosisSources, criteria].some(blank);
  return complete ? undefined : ruling('c1-report-incomplete', cite('session', session));
};

/** C3; an item declared unrelated falls under the general rule as well. */
const isOnTheAgenda: PointRule = ({ session, asked, item }) => {
  if (session === undefined) return undefined;
  const brought = session === 'unknown' || (session.brings?.items.includes(item.item) ?? true);
  const off = session === 'unknown' || !session.onAgenda || !brought || asked.unrelated;
  return off
    ? ruling('c3-off-agenda', cite('session', session === 'unknown' ? undefined : session))
    : undefined;
};

/** C4. */
const needsCollectiveExamination: PointRule = ({ session }) =>
  session !== undefined && (session === 'unknown' || blank(session.whyCollective))
    ? ruling('c4-criteria-suffice', cite('session', session === 'unknown' ? undefined : session))
    : undefined;

/** C6; added comments are the rule on commentary. */
const nothingEssentialIsWithheld: PointRule = ({ session, request }) =>
  session !== undefined && request.withheld?.some(({ reason }) => blank(reason))
    ? ruling('c6-withheld')
    : undefined;

const RULES: readonly PointRule[] = [
  isJustified,
  isNotExcluded,
  concernsThePoint,
  isNotAWholeFile,
  hasNoCommentary,
  hasInstructorsReport,
  isOnTheAgenda,
  needsCollectiveExamination,
  nothingEssentialIsWithheld,
];

/** Nothing to measure a secret against where no provision says what it would be necessary for. */
export const strictNecessity: Point = (cell) =>
  cell.level === 'secret' && cell.provision === undefined
    ? [ruling('p7-no-provision')]
    : rulingsOf(RULES, cell);
