import { accept, reject, type Decision } from '#decider';
import { inForce, type KnownMandate } from '#directory';
import {
  unknownReference,
  type ActivePerson,
  type CareRelationStarted,
  type DisclosureAssessed,
  type DisclosureData,
  type DisclosureEscalated,
  type DisclosureRecorded,
  type DisclosureRefused,
  type Intended,
  type RefusalReason,
} from '#person';
import type { Rejected } from '#time';
import { judgeOutgoing } from '../alert.js';
import { assessedData, reasonsOf, type IntendedFacts, type JudgedIntention } from '../intended.js';
import { declaredCare } from '../declared-care.js';
import { rejectReviewedBefore, rejectUnintelligible } from '../unintelligible.js';

export interface RecordDisclosure extends Intended {
  /** The mandate of whoever decides, where the assessment leaves it to a named human being. */
  readonly decider?: KnownMandate;
}

type Result =
  DisclosureRecorded | DisclosureAssessed | CareRelationStarted | DisclosureRefused | DisclosureEscalated;

/**
 * What a professional intends to make known. The nine points decide: recorded with its duties, refused on record, or
 * left to a named human being.
 */
export function recordDisclosure(
  person: ActivePerson,
  command: RecordDisclosure,
  facts: IntendedFacts,
): Decision<Result> {
  const rejected = rejectUnintelligible(person, command, facts) ?? rejectReviewedBefore(command);
  if (rejected) return rejected;
  const { intended, judged } = judgeOutgoing(person, command, facts);
  switch (judged.assessment.verdict) {
    case 'deny':
      return accept(refusal(intended, judged));
    case 'escalate':
      return escalate(intended, judged, facts);
    default:
      return accept<Result>(...recorded(intended, judged, facts), ...declaredCare(person, intended));
  }
}

export function recorded(
  intended: Intended,
  { assessment, act }: JudgedIntention,
  facts: IntendedFacts,
): readonly [DisclosureRecorded, DisclosureAssessed] {
  const { effectiveAt } = intended;
  return [
    { type: 'DisclosureRecorded', data: act, effectiveAt },
    { type: 'DisclosureAssessed', data: assessedData(intended, assessment, facts), effectiveAt },
  ];
}

export function refusal({ effectiveAt }: Intended, { assessment, act }: JudgedIntention): DisclosureRefused {
  const { disclosure, discloser, items, recipients, purpose }: DisclosureData = act;
  const named = items.map(({ item }) => item);
  const reasons = reasonsOf(assessment);
  return {
    type: 'DisclosureRefused',
    data: { disclosure, discloser, items: named, recipients, purpose, reasons },
    effectiveAt,
  };
}

function escalate(
  command: RecordDisclosure,
  { assessment }: JudgedIntention,
  facts: IntendedFacts,
): Decision<DisclosureEscalated> {
  const reasons = reasonsOf(assessment);
  const { decider, ...intended } = command;
  if (!decider) return reject(undecided(reasons));
  const rejected = rejectDecider(decider, intended) ?? rejectDisclosing(decider, intended, facts);
  if (rejected) return rejected;
  const { disclosure } = intended.act;
  const decideBy = assessment.duties.find(({ kind }) => kind === 'decide-escalation')?.deadline;
  const to = decider.mandate.mandate;
  const data = { disclosure, to, act: intended, ...(decideBy ? { decideBy } : {}), reasons };
  return accept({ type: 'DisclosureEscalated', data, effectiveAt: intended.effectiveAt });
}

function undecided(reasons: readonly RefusalReason[]) {
  return {
    kind: 'decision-needed',
    field: 'escalateTo',
    detail: reasons.map(({ en }) => en).join(' '),
    remedy: 'Name in escalateTo the mandate of whoever decides at your institution.',
  } as const;
}

function rejectDecider(
  { mandate, institution }: KnownMandate,
  { act, effectiveAt }: Intended,
): Rejected | undefined {
  if (act.discloser.kind === 'mandate' && institution !== act.discloser.institution)
    return unknownReference('escalateTo', 'mandate of the discloser’s institution');
  if (inForce(mandate, effectiveAt)) return undefined;
  return reject({
    kind: 'mandate-not-in-force',
    field: 'escalateTo',
    detail: 'This mandate was not in force on that date.',
    remedy: 'Name a mandate in force.',
  });
}

/** A second person looks at what the law leaves open: another mandate of the discloser's own is the same person. */
function rejectDisclosing(
  { mandate }: KnownMandate,
  { act: { discloser } }: Intended,
  { around }: IntendedFacts,
): Rejected | undefined {
  if (discloser.kind !== 'mandate') return undefined;
  const disclosing = around.mandates.get(discloser.mandate)?.mandate.actor;
  if (mandate.mandate !== discloser.mandate && mandate.actor !== disclosing) return undefined;
  return reject({
    kind: 'not-permitted',
    field: 'escalateTo',
    detail: 'Nobody decides on what they disclose themselves.',
    remedy: 'Name the mandate of another person who decides at your institution.',
  });
}
