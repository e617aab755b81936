import { assessmentFacts, assessWithConsents } from '#assessment';
import type { Assessment, DisclosureRequest, Explanation, Gathered } from '#assessment';
import type { Effective } from '#decider';
import type {
  ActivePerson,
  AssessedDuty,
  AssessedPoint,
  ConsentId,
  DisclosureAssessed,
  DisclosureData,
  Facts,
  Intended,
  RefusalReason,
} from '#person';
import { basisOf, carrierOf } from './basis.js';

export interface IntendedFacts extends Facts {
  /** What other streams say of those who take part, read afresh for this attempt. */
  readonly around: Gathered;
}

export interface JudgedIntention {
  readonly assessment: Assessment;
  /** The act as it would be recorded. */
  readonly act: DisclosureData;
}

/** The nine points of an intended act, and what it would rest on. */
export function judgeIntention(
  person: ActivePerson,
  intended: Intended,
  { around, catalogue, revision, now }: IntendedFacts,
): JudgedIntention {
  const { act, provision, consents, declared, effectiveAt } = intended;
  const asked = {
    discloser: act.discloser,
    items: act.items.map(({ item }) => item),
    recipients: act.recipients,
    intendedAt: effectiveAt,
    ...(declared.unableToProtectThemselves ? { unableToProtectThemselves: true } : {}),
  };
  const request = { ...requestOf(intended), assessedAt: now };
  const facts = assessmentFacts(person, revision, around, catalogue, asked);
  const { assessment, carrying } = assessWithConsents(facts, catalogue, request);
  const alone = basisOf(catalogue, provision, []);
  // A consent that happens to exist is not what a provision rests on that asks for none.
  const rests = alone.restsOn === 'consent' || consents !== undefined;
  const named = rests ? (carrying as readonly ConsentId[]) : [];
  const basis = basisOf(catalogue, provision, named, carrierOf(assessment.cells, alone.restsOn));
  const { cites } = around;
  return { assessment, act: { ...act, ...keptUntil(act, assessment), basis, cites } };
}

export function requestOf({ act, provision, consents, declared, effectiveAt }: Intended): DisclosureRequest {
  const { purpose, objective, benefit, frame, session, channel, items, recipients } = act;
  const { retentionRule, retainUntil, responsibleManager } = act;
  const { exception, keeps, withheld } = declared;
  return {
    purpose,
    frame,
    channel,
    items,
    recipients,
    at: effectiveAt,
    ...(objective ? { objective } : {}),
    ...(benefit ? { benefit } : {}),
    ...(session ? { session } : {}),
    ...(provision ? { provision } : {}),
    ...(consents ? { consents } : {}),
    ...(retentionRule
      ? { retention: { rule: retentionRule, ...(retainUntil ? { until: retainUntil } : {}) } }
      : {}),
    ...(responsibleManager ? { responsibleManager } : {}),
    ...(exception ? { exception: { kind: exception.kind, reason: exception.reason ?? '' } } : {}),
    ...(keeps ? { keeps } : {}),
    ...(withheld ? { withheld } : {}),
  };
}

/** Whoever names no last day is told the one by which the assessment asks for the purge. */
function keptUntil({ retainUntil }: Intended['act'], { duties }: Assessment): { retainUntil?: Effective } {
  const until = retainUntil ?? duties.find(({ kind }) => kind === 'purge')?.deadline;
  return until ? { retainUntil: until } : {};
}

/** Why an act is refused or waits: every finding of the state that decided it, said once. */
export function reasonsOf({ cells, verdict }: Assessment): readonly RefusalReason[] {
  const deciding = verdict === 'deny' ? 'block' : 'escalate';
  const found = cells
    .flatMap(({ points }) => points.flatMap((point) => [point, ...point.also]))
    .filter(({ state }) => state === deciding)
    .map(reasonOf);
  return [...new Map(found.map((reason) => [reason.rule, reason])).values()];
}

/** With what is to be known of the text it cites, where nobody read it or its reading is doubted. */
export function reasonOf({ rule, sentence, caution }: Explanation): RefusalReason {
  return { rule, ...sentence, ...(caution ? { caution } : {}) };
}

/** What is kept of an assessment: enough to compute it again with the version that it used. */
export function assessedData(
  { act, declared, consents }: Intended,
  { verdict, points, duties, used }: Assessment,
  { around, revision, now }: IntendedFacts,
): DisclosureAssessed['data'] {
  return {
    disclosure: act.disclosure,
    catalogueVersion: used.catalogueVersion,
    catalogueDigest: used.catalogueDigest,
    personRevision: revision,
    assessedAt: now,
    verdict,
    points: assessedPoints(points),
    duties: assessedDuties(duties),
    declared,
    ...(consents ? { consents } : {}),
    cites: around.alsoRead,
  };
}

export function assessedPoints(points: Assessment['points']): readonly AssessedPoint[] {
  return points.map(({ point, state, rule, also, facts }) => ({
    point,
    state,
    rule,
    also: also.map((other) => other.rule),
    facts: [facts, ...also.map((other) => other.facts)].flat(),
  }));
}

export function assessedDuties(duties: Assessment['duties']): readonly AssessedDuty[] {
  return duties.map(
    ({ kind, debtor, recipient, items, deadline, standing }) =>
      ({ kind, debtor, recipient, items, deadline, standing }) as AssessedDuty,
  );
}
