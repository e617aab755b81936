import { blank, cite, citeCode, ruling, rulingsOf, type Cell, type Point, type PointRule } from './cell.js';
import { citeConsents } from './consent-test.js';
import { holdingsOf, learntInSession } from './level.js';
import { membershipsIn } from './relation.js';

const purposeIsNamed: PointRule = ({ purpose }) =>
  purpose === undefined ? ruling('p1-purpose-missing') : undefined;

const provisionServesPurpose: PointRule = ({ purpose, provision }) =>
  purpose !== undefined && provision !== undefined && !provision.purposes.includes(purpose.code)
    ? ruling('p1-purpose-foreign', citeCode('provision', provision.id))
    : undefined;

/**
 * Reuse (C. pén. 226-21) passes when the cited provision or a valid consent names the new purpose. Without either,
 * points 3 to 8 block already.
 */
const isNotReused: PointRule = (cell) => {
  const { item, purpose, provision, stance } = cell;
  if (purpose === undefined || provision === undefined) return undefined;
  const holdings = holdingsOf(item, cell);
  const obtainedForIt = holdings.length === 0 || holdings.some((h) => h.purpose === purpose.code);
  if (obtainedForIt || provision.purposes.includes(purpose.code) || stance.valid.length > 0) return undefined;
  return ruling('p1-reuse', cite('holding', ...holdings));
};

const objectiveIsStated: PointRule = ({ request }) =>
  blank(request.objective) ? ruling('p1-objective-blank') : undefined;

const benefitIsStated: PointRule = (cell) =>
  asksBenefit(cell) && blank(cell.request.benefit) ? ruling('p1-no-benefit') : undefined;

/** Of an alert to an authority, or a requisition, no benefit that the person could observe is asked. */
export function asksBenefit({ purpose, provision }: Pick<Cell, 'purpose' | 'provision'>): boolean {
  const alerts =
    provision?.recipients.relationship === 'authority' && ['obliges', 'permits'].includes(provision.role);
  return !alerts && purpose?.alert !== true;
}

/** C7: what was learnt in a session stays with that commission and purpose, unless a stronger word opens it. */
const sessionIsRespected: PointRule = (cell) => {
  const { item, stance, requisition } = cell;
  if (!learntInSession(item, cell) || requisition || stance.valid.length > 0) return undefined;
  const holdings = holdingsOf(item, cell);
  const within = holdings.some((h) => staysInCommission(cell, h.session));
  return within
    ? undefined
    : ruling('c7-session-reuse', [...cite('holding', ...holdings), ...citeConsents(stance)]);
};

function staysInCommission(cell: Cell, origin: string | undefined): boolean {
  const { facts, request, session, recipient } = cell;
  const learntIn = facts.sessions.find((s) => s.session === origin);
  if (learntIn === undefined || learntIn.purpose !== request.purpose) return false;
  if (typeof session === 'object' && session.commission === learntIn.commission) return true;
  return [facts.discloser, recipient].every(
    (party) => membershipsIn(learntIn.commission, party, cell).length > 0,
  );
}

const leversAreRecorded: PointRule = ({ session }) =>
  session === undefined ? undefined : ruling('c10-record-levers');

export const purposeAndBenefit: Point = (cell) =>
  rulingsOf(
    [
      purposeIsNamed,
      provisionServesPurpose,
      isNotReused,
      objectiveIsStated,
      benefitIsStated,
      sessionIsRespected,
      leversAreRecorded,
    ],
    cell,
  );
