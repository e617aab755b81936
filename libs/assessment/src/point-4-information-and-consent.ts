import { blank, cite, ruling, type Cell, type Point, type Ruling } from './cell.js';
import { consentRow, hasUrgentReason, isUnderCareSecrecy } from './consent-test.js';
import { ageAt } from './dates.js';
import { informedAbout, type Informed } from './informed.js';

/** The worse of two tests, informing and consent; nothing is asked where the secrecy of an inquiry prevails. */
export const informationAndConsent: Point = (cell) => {
  const consent = consentRow(cell);
  if (cell.requisition) return [ruling(consent.p4, consent.facts)];
  const informed = informedAbout(cell);
  return [
    informationTest(cell, informed),
    ruling(consent.p4, consent.facts),
    ...unknownAge(cell),
    ...informedOfSession(cell, informed),
  ];
};

function informationTest(cell: Cell, informed: Informed): Ruling {
  const asked = cell.provision?.personInformation ?? 'not-specified';
  if (asked === 'not-applicable') return ruling('p4-information-not-applicable');
  if (asked === 'not-required') return ruling('p4-information-not-required');
  const facts = cite('information', ...informed.by);
  if (informed.kind === 'informed') return ruling('p4-informed', facts);
  if (informed.kind === 'partly') return ruling('p4-partly-informed', facts);
  switch (asked) {
    case 'prior-required':
      return excused(isUnderCareSecrecy(cell) && hasUrgentReason(cell));
    case 'prior-required-unless-emergency-or-impossible':
      return excused(hasUrgentReason(cell));
    case 'prior-required-unless-contrary-to-interest':
      return excused(isContraryToInterest(cell));
    case 'at-first-contact':
    case 'not-specified':
      return ruling('p4-inform-soon');
  }
}

function excused(byWrittenReason: boolean): Ruling {
  return ruling(byWrittenReason ? 'p4-exception' : 'p4-not-informed');
}

function isContraryToInterest({ request: { exception } }: Cell): boolean {
  return exception?.kind === 'contrary-to-interest' && !blank(exception.reason);
}

function unknownAge({ facts, at }: Cell): readonly Ruling[] {
  return ageAt(facts.person, at) === 'unknown' ? [ruling('p4-age-unknown')] : [];
}

/** C5. */
function informedOfSession({ session, provision, request }: Cell, informed: Informed): readonly Ruling[] {
  if (session === undefined) return [];
  const facts = cite('session', session === 'unknown' ? undefined : session);
  if (informed.kind !== 'not')
    return session !== 'unknown' && session.personKnowsReport ? [] : [ruling('c5-report-unknown', facts)];
  if (provision?.personInformation === 'not-required') return [];
  return [ruling(blank(request.exception?.reason) ? 'c5-not-informed' : 'c5-exception', facts)];
}
