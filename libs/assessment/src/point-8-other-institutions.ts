import { blank, cite, citeCode, ruling, rulingsOf, type Point, type PointRule } from './cell.js';
import { consentRow } from './consent-test.js';
import { holdingsOf } from './level.js';
import { sameInstitution } from './relation.js';
import { namesParty } from './scope.js';

const borderIsAgreed: PointRule = (cell) => {
  const { p8, facts } = consentRow(cell);
  const instead = p8 === 'p8-provision-instead' ? citeCode('provision', cell.provision?.id) : [];
  return ruling(p8, [...facts, ...instead]);
};

/** Every chain by which the discloser holds the item ends here; one that is open, or sets no term, is enough. */
const onwardIsAllowed: PointRule = (cell) => {
  const { item, recipient } = cell;
  const holdings = holdingsOf(item, cell);
  const barred = holdings.filter(
    ({ onward }) => onward !== undefined && !onward.some((r) => namesParty(r, recipient)),
  );
  return holdings.length > 0 && barred.length === holdings.length
    ? ruling('p8-onward-barred', cite('holding', ...barred))
    : undefined;
};

const managerAnswers: PointRule = ({ request }) =>
  blank(request.responsibleManager) ? ruling('p8-no-manager') : undefined;

export const otherInstitutions: Point = (cell) =>
  sameInstitution(cell.recipient, cell)
    ? [ruling('p8-same-institution')]
    : rulingsOf([borderIsAgreed, onwardIsAllowed, managerAnswers], cell);
