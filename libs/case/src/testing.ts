import type { Membership } from '#assessment';
import { commissionTesting, type CommissionData, type CommissionEvent, type Constituted } from '#commission';
import { asCode, type Instant } from '#decider';
import type { Mandate, MandateId } from '#directory';
import { disclosureTesting, type IntendedFacts } from '#disclosure';
import {
  personTesting,
  type ActivePerson,
  type CaseReferred,
  type Intended,
  type PersonEvent,
} from '#person';
import { civilDate } from '#time';
import { aboutThisCase, tablingWish, type Hearing } from './tabling.js';

const { id, NURSE, SOCIAL_WORKER, SSIAD } = personTesting;
const { ccapex, commissionOf } = commissionTesting;

/** Case 1: the nurse reports on item 1. */
export function aReferral(overrides: Partial<CaseReferred['data']> = {}): CaseReferred['data'] {
  return {
    case: id('Case', 1),
    commission: ccapex.commission,
    question: 'Maintien dans le logement',
    whyCollective: 'Plusieurs services interviennent',
    reporter: NURSE,
    items: [{ item: id('Item', 1), justification: 'Le logement est à adapter.' }],
    benefit: 'Rester chez lui',
    responsibleManager: 'Direction du SSIAD',
    report: {
      author: NURSE,
      date: civilDate('2026-02-10'),
      diagnosisSources: 'SSIAD',
      criteria: 'Menace d’expulsion',
      knownToPerson: true,
    },
    ...overrides,
  };
}

export function referred(overrides: Partial<CaseReferred['data']> = {}): PersonEvent {
  return { type: 'CaseReferred', data: aReferral(overrides), effectiveAt: civilDate('2026-02-12') };
}

/** A team whose members share under its own text; it sits on 20 February and hears case 1. */
export const team: CommissionData = {
  ...ccapex,
  kind: 'MDPH-EP',
  purpose: asCode<'Purpose'>('disability-assessment'),
  regime: asCode<'Provision'>('casf-l241-10-team'),
};
export const SESSION = id('Session', 1);
export const HELD_ON = civilDate('2026-02-20');

const seat = (mandate: MandateId): CommissionEvent => ({
  type: 'MemberAppointed',
  data: { mandate, institution: SSIAD, validFrom: civilDate('2026-01-01') },
});

/** Both professionals sit in it. */
export function aTeam(...more: readonly CommissionEvent[]): Constituted {
  return commissionOf(
    { type: 'CommissionConstituted', data: team },
    seat(NURSE),
    seat(SOCIAL_WORKER),
    { type: 'SessionConvened', data: { session: SESSION, on: HELD_ON } },
    { type: 'AgendaItemAdded', data: { session: SESSION, case: id('Case', 1) } },
    ...more,
  ) as Constituted;
}

export function inTheRoom(...present: readonly MandateId[]): CommissionEvent {
  return withGuests(present, []);
}

export function withGuests(present: readonly MandateId[], guests: readonly MandateId[]): CommissionEvent {
  return {
    type: 'AttendanceRecorded',
    data: { session: SESSION, case: id('Case', 1), present, guests },
    effectiveAt: HELD_ON,
  };
}

/** The session, and case 1 as this person's stream has it. */
export function hearingOf(person: ActivePerson, commission: Constituted): Hearing {
  const session = commission.sessions.get(SESSION)!;
  return { commission, session, referred: person.cases.get(id('Case', 1))! };
}

/** Henri, told of everything, whose case is referred. */
export function henriReferred(...more: readonly PersonEvent[]): ActivePerson {
  const informed = personTesting.informed({ purposes: [team.purpose] });
  const learnt = { ...personTesting.described(), effectiveAt: civilDate('2026-01-05') };
  return personTesting.henri(learnt, informed, referred(), ...more);
}

/** What other streams say on the day of the session: both are of the team, in one institution. */
export function factsOn(
  hearing: Hearing,
  now = '2026-02-20T12:00:00.000Z',
  member: Partial<Mandate> = {},
): IntendedFacts {
  const mdph = {
    categories: ['mdph-team-member'],
    secrecy: [{ binding: asCode<'Binding'>('mdph-commission'), firm: true }],
    purposes: [team.purpose],
  };
  const mandates = [
    { ...disclosureTesting.aMandate(NURSE, mdph), institution: SSIAD },
    { ...disclosureTesting.aMandate(SOCIAL_WORKER, { ...mdph, ...member }), institution: SSIAD },
  ];
  const facts = disclosureTesting.intendedFacts(...mandates);
  const membership: Membership = {
    id: 'seat',
    commission: team.commission,
    kind: team.kind,
    coversCase: true,
    hasCase: true,
    validFrom: civilDate('2026-01-01'),
  };
  const memberships = new Map([NURSE, SOCIAL_WORKER].map((mandate) => [mandate, [membership]]));
  return aboutThisCase({ ...facts, now: now as Instant, around: { ...facts.around, memberships } }, hearing);
}

/** Tabling case 1 to the social worker, as its wish is resolved. */
export function intendedOf(hearing: Hearing): Intended {
  const saying = { channel: 'oral', declared: {} } as const;
  const { said, provision, declared, effectiveAt } = tablingWish(hearing, [SOCIAL_WORKER], saying);
  const act = {
    ...said,
    disclosure: id('Disclosure', 1),
    discloser: { kind: 'mandate', mandate: NURSE, institution: SSIAD },
    recipients: [{ kind: 'mandate', mandate: SOCIAL_WORKER, institution: SSIAD }],
  } as const;
  return { act, declared, effectiveAt, ...(provision ? { provision } : {}) };
}
