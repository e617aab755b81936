import type { Recorded } from '#decider';
import type { Row } from '#read-store';
import {
  holderKey,
  withCopies,
  type ActivePerson,
  type DisclosureId,
  type ItemId,
  type PersonEvent,
} from '#person';
import type { Elsewhere } from '../elsewhere/elsewhere.js';
import { owedAbout, type About } from './owed.js';
import { dutyRows } from './duties.projection.js';

type Subject = readonly [about: About, id: string];

/** What is owed about anything that the event can change: the rows where they differ. `person` is after the event. */
export function dutyChanges(
  before: ActivePerson | undefined,
  person: ActivePerson,
  event: Recorded<PersonEvent>,
  elsewhere: Elsewhere,
): readonly (readonly [id: string, rows: readonly Row[]])[] {
  return subjects(person, event).flatMap(([about, id]) => {
    const rows = dutyRows(person, about, id, owedAbout(person, about, id, elsewhere));
    const earlier = before ? dutyRows(before, about, id, owedAbout(before, about, id, elsewhere)) : [];
    const isSame = rows.length === earlier.length && JSON.stringify(rows) === JSON.stringify(earlier);
    return isSame ? [] : [[id, rows] as const];
  });
}

function subjects(person: ActivePerson, { type, data }: Recorded<PersonEvent>): readonly Subject[] {
  switch (type) {
    case 'DisclosureRecorded':
    case 'DisclosureReported':
      return [
        disclosure(data.disclosure),
        ...objections(person),
        ...tabled(person, person.acts.get(data.disclosure)?.items.map(({ item }) => item) ?? []),
      ];
    case 'DisclosureCorrected':
      return [
        ...withCopies(person, data.disclosure).map((act) => disclosure(act.disclosure)),
        ...objections(person),
        ...tabled(person, [...person.items.keys()]),
      ];
    case 'InformationDescribed':
    case 'HoldingDeclared':
      return tabled(person, [data.item]);
    case 'CaseReferred':
      return tabled(person, [...person.items.keys()]);
    case 'DisclosureAssessed':
    case 'DisclosureEscalated':
    case 'EscalationDecided':
    case 'EffectObserved':
    case 'RetentionChanged':
    case 'DisclosureContested':
    case 'ContestAnswered':
    case 'DutyDischarged':
      return [disclosure(data.disclosure)];
    case 'NoticeIssued':
    case 'NoticeAcknowledged':
    case 'NoticeContested':
    case 'NoticeClosed':
      return [['notice', data.notice]];
    case 'PurgeAttested':
      return [...actsOf(person, data.items), ...noticesTo(person, holderKey(data.holder))];
    case 'ObjectionRaised':
    case 'ObjectionAnswered':
    case 'ObjectionLifted':
      return [['objection', data.objection], ...owing(person, ['answer-objection'])];
    case 'AccessRequested':
    case 'AccessAnswered':
      return [['access-request', data.request]];
    case 'ConsentGranted':
    case 'ConsentRefused':
      return owing(person, ['seek-consent', 'record-consent-sought']);
    case 'PersonInformed':
    case 'RepresentationEstablished':
      return owing(person, ['inform-person'], true);
    case 'CareRelationStarted':
      return owing(person, ['record-care-relation', 'inform-person'], true);
    default:
      return [];
  }
}

function disclosure(id: DisclosureId): Subject {
  return ['disclosure', id];
}

/** Acts of sessions: whoever heard an item there and has it from elsewhere too, need not forget it. */
function tabled(person: ActivePerson, items: readonly ItemId[]): readonly Subject[] {
  if (person.cases.isEmpty()) return [];
  return actsOf(person, items).filter(([, id]) => person.acts.get(id as DisclosureId)?.session !== undefined);
}

function objections(person: ActivePerson): readonly Subject[] {
  return [...person.objections.keys()].map((id) => ['objection', id]);
}

function actsOf(person: ActivePerson, items: readonly ItemId[]): readonly Subject[] {
  const acts = new Set(items.flatMap((item) => person.actsByItem.get(item)?.toArray() ?? []));
  return [...acts].map(disclosure);
}

function noticesTo(person: ActivePerson, key: string): readonly Subject[] {
  return [...person.notices.values()]
    .filter(({ to }) => holderKey(to) === key)
    .map(({ notice }) => ['notice', notice]);
}

/** Acts with a duty of one of these kinds, and those whose exception is to be looked at again. */
function owing(person: ActivePerson, kinds: readonly string[], isReview = false): readonly Subject[] {
  return [...person.acts.values()]
    .filter(
      ({ assessed }) =>
        assessed?.duties.some(({ kind }) => kinds.includes(kind)) ||
        (isReview && assessed?.declared.exception?.reviewBy !== undefined),
    )
    .map((act) => disclosure(act.disclosure));
}
