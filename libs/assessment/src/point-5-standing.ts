import {
  blank,
  cite,
  citeCode,
  ruling,
  rulingsOf,
  type Cell,
  type Point,
  type PointRule,
  type Ruling,
} from './cell.js';
import { inForce } from './dates.js';
import type { PartyFacts } from './facts.js';
import { careStatus, careTeam, sameInstitution, seatFor, servesPurpose } from './relation.js';
import { discloserStrength, recipientStrength } from './secrecy.js';
import { isInOfficeFor } from './standing.js';

export function isInOffice({ period }: PartyFacts, { at }: Pick<Cell, 'at'>): boolean {
  return period === undefined || inForce(period, at);
}

const discloserIsInOffice: PointRule = (cell) =>
  isInOffice(cell.facts.discloser, cell)
    ? undefined
    : ruling('p5-discloser-not-in-force', cite('mandate', cell.facts.discloser));

const recipientIsInOffice: PointRule = (cell) =>
  isInOffice(cell.recipient, cell)
    ? undefined
    : ruling('p5-recipient-not-in-force', cite('mandate', cell.recipient));

/** Nobody acts, nor is told anything, under a mandate that is over or has not begun; telling the person is no exception. */
export const inOffice: Point = (cell) => rulingsOf([discloserIsInOffice, recipientIsInOffice], cell);

const discloserIsListed: PointRule = (cell) => {
  const { provision, facts, catalogue } = cell;
  if (provision === undefined) return undefined;
  const listed = provision.disclosers.categories;
  const carried = catalogue.allCategories(facts.discloser.categories);
  if (listed.includes('any') || listed.some((c) => carried.has(c))) return undefined;
  const strength = listed.includes('any-bound-by-secrecy') ? discloserStrength(cell) : 'none';
  if (strength === 'firm') return undefined;
  const rule = strength === 'debated' ? 'p5-debated-standing' : 'p5-discloser-not-listed';
  return ruling(rule, cite('mandate', facts.discloser));
};

export function recipientIsListed({ provision, recipient, catalogue }: Cell): boolean {
  const listed = provision?.recipients.categories ?? [];
  const carried = catalogue.allCategories(recipient.categories);
  return listed.includes('any') || listed.some((c) => carried.has(c));
}

const recipientIsDesignated: PointRule = (cell) =>
  cell.provision !== undefined && !recipientIsListed(cell)
    ? ruling('p5-recipient-not-listed', cite('mandate', cell.recipient))
    : undefined;

const recipientIsNamed: PointRule = ({ provision, recipient }) =>
  provision?.recipients.identification === 'named-individually' &&
  recipient.party.kind !== 'mandate' &&
  recipient.party.kind !== 'outsider'
    ? ruling('p5-not-named', cite('mandate', recipient))
    : undefined;

/** Without a provision a secret reaches nobody; the rest, whoever's mission it serves or the consent names. */
const hasStandingWithoutProvision: PointRule = (cell) => {
  const { provision, level, recipient, stance } = cell;
  if (provision !== undefined) return undefined;
  if (level === 'secret') return ruling('p5-secret-without-provision', cite('mandate', recipient));
  const { party } = recipient;
  const named =
    party.kind === 'outsider' &&
    stance.valid.some((c) =>
      [...c.scope.recipients, ...c.onward].some(
        (r) => r.kind === 'outsider' && r.outsider === party.outsider,
      ),
    );
  return named || servesPurpose(recipient, cell)
    ? undefined
    : ruling('p5-mission-foreign', cite('mandate', recipient));
};

const discloserTakesPart: PointRule = (cell) => {
  const { provision, facts } = cell;
  if (provision?.disclosers.mustTakePartInCare !== true) return undefined;
  const care = cite('care-relation', ...facts.discloser.care);
  switch (careStatus(facts.discloser, cell)) {
    case 'ended':
      return ruling('p5-discloser-care-ended', care);
    case 'unrecorded':
      return ruling('p5-declared', cite('mandate', facts.discloser));
    case 'active':
      return ruling('p5-ok', care);
  }
};

/** What the provision wants to stand between the recipient and the person, against what is on record. */
const relationHolds: PointRule = (cell) => {
  const { provision, recipient } = cell;
  switch (provision?.recipients.relationship) {
    case 'same-care-team':
      return sameTeam(cell);
    case 'takes-part-in-care':
    case 'outside-care-team':
      return takesPart(cell);
    case 'commission-member':
    case 'group-member': {
      const seat = seatFor(cell);
      return seat ? ruling('p5-ok', cite('membership', seat)) : ruling('p5-no-membership');
    }
    case 'acts-for-same-person':
      return careStatus(recipient, cell) === 'active'
        ? takesPart(cell)
        : (represents(cell) ?? missionServes(cell));
    case 'contributes-to-child-protection':
    case 'same-procedure':
    case 'commission-instructor':
    case 'designated-body':
      return missionServes(cell);
    default:
      // The category itself says enough: an authority, a relative, or no relation asked for.
      return undefined;
  }
};

function takesPart(cell: Cell): Ruling {
  const { recipient } = cell;
  const care = cite('care-relation', ...recipient.care);
  switch (careStatus(recipient, cell)) {
    case 'ended':
      return ruling('p5-recipient-care-ended', care);
    case 'unrecorded':
      return represents(cell) ?? ruling('p5-declared', cite('mandate', recipient));
    case 'active':
      return ruling('p5-ok', care);
  }
}

/** Who speaks for the person acts for them, whatever item the measure is about. A trusted person does not. */
function represents({ recipient, facts, at }: Cell): Ruling | undefined {
  const { representative } = recipient;
  const on = facts.representatives.find(
    (r) =>
      r.representative === representative &&
      r.kind !== 'trusted-person' &&
      isInOfficeFor(r, facts.person, at),
  );
  return on && ruling('p5-ok', cite('representation', on));
}

function sameTeam(cell: Cell): Ruling {
  const { recipient, facts } = cell;
  const care = cite('care-relation', ...facts.discloser.care, ...recipient.care);
  if (careStatus(recipient, cell) === 'ended') return ruling('p5-recipient-care-ended', care);
  switch (careTeam(recipient, cell)) {
    case 'same':
      return ruling('p5-ok', care);
    case 'different':
      return ruling('p5-other-team', care);
    case 'open':
      return ruling(sameInstitution(recipient, cell) ? 'p5-declared' : 'p5-team-across-institutions', care);
  }
}

function missionServes(cell: Cell): Ruling {
  return ruling(servesPurpose(cell.recipient, cell) ? 'p5-ok' : 'p5-declared', [
    ...cite('mandate', cell.recipient),
    ...citeCode('purpose', cell.request.purpose),
  ]);
}

/** C2. */
const participantIsIdentified: PointRule = ({ session, recipient }) =>
  session !== undefined && (blank(recipient.mission) || blank(recipient.function))
    ? ruling('c2-unidentified', cite('mandate', recipient))
    : undefined;

const participantIsBound: PointRule = (cell) => {
  const { session, provision, catalogue, recipient } = cell;
  if (session === undefined) return undefined;
  const regime = session === 'unknown' ? undefined : catalogue.provision(session.regime);
  const asked = [provision, regime].some((p) => p?.recipients.mustBeBoundBySecrecy === true);
  return asked && recipientStrength(recipient, cell) === 'none'
    ? ruling('c2-not-bound', cite('mandate', recipient))
    : undefined;
};

export const standing: Point = (cell) => [
  ...inOffice(cell),
  ...rulingsOf(
    [
      discloserIsListed,
      recipientIsDesignated,
      recipientIsNamed,
      hasStandingWithoutProvision,
      discloserTakesPart,
      relationHolds,
      participantIsIdentified,
      participantIsBound,
    ],
    cell,
  ),
];
