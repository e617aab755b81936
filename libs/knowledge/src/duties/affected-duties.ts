import type { Recorded } from '#decider';
import type { Row } from '#read-store';
import {
  holderKey,
  withCopies,
  type Act,
  type ActivePerson,
  type DisclosureId,
  type ItemId,
  type PersonEvent,
} from '#person';
import { Judgements } from '../findings/judged.js';
import type { Scoped } from '../item-rows.js';
import { affectedItems } from '../affected.js';
import { KNOWLEDGE } from '../who-knows/who-knows.projection.js';
import { doneBy } from './done-by.js';
import { lapseRows, readingOf, type Reading } from './lapses.js';
import { owedAbout, type About } from './owed.js';
import { DUTY, dutyRows } from './duties.projection.js';

type Subject = readonly [about: About, id: string];

/**
 * What is owed about anything that the event can change: the rows where they differ. What a report leaves to be done is
 * judged anew, so its rows are all told again.
 * @param judgements of the state after the event
 * @param touched the acts that are judged anew
 * @param later the act that is judged with the next event, of the same append
 */
export function dutyChanges(
  before: ActivePerson | undefined,
  judgements: Judgements,
  event: Recorded<PersonEvent>,
  touched: readonly Act[],
  later?: DisclosureId,
): readonly (readonly [id: string, rows: readonly Row[]])[] {
  const { person } = judgements;
  const judged = [...touched, ...doneBy(person, event)].filter(({ reported }) => reported);
  const all = [...subjects(person, event), ...judged.map((act) => disclosure(act.disclosure))];
  const earlier = before && new Judgements(before, judgements.elsewhere);
  const asked = all.filter(([, id]) => id !== later);
  return [...new Map(asked.map(([about, id]) => [id, about]))].flatMap(([id, about]) => {
    const rows = rowsAbout(judgements, about, id);
    const isReport = person.acts.get(id as DisclosureId)?.reported === true;
    const isAsBefore = !isReport && isSame(rows, earlier ? rowsAbout(earlier, about, id) : []);
    return isAsBefore ? [] : [[id, rows] as const];
  });
}

function isSame(a: readonly Row[], b: readonly Row[]): boolean {
  return a.length === b.length && JSON.stringify(a) === JSON.stringify(b);
}

/** What is owed about these acts, from the state as it is. */
export function owedAgain(judgements: Judgements, acts: readonly Act[]): readonly Scoped[] {
  const { person } = judgements.person.identity;
  return acts.map(({ disclosure: id }) => ({
    table: DUTY,
    scope: { person, subject: id },
    rows: rowsAbout(judgements, 'disclosure', id),
  }));
}

/**
 * What holders owe because a consent is over: read off the same ways as what they know, so wherever that is told again,
 * and where somebody’s word may carry it on.
 * @param items what the event changes in what holders know
 */
export function lapseChanges(
  judgements: Judgements,
  event: Recorded<PersonEvent>,
  items: readonly Scoped[],
): readonly Scoped[] {
  const { person, waysOf } = judgements;
  const told = items
    .filter(({ table }) => table === KNOWLEDGE)
    .map(({ scope }) => [scope['item'] as ItemId, scope['holder'] as string] as const);
  const others = wordedItems(person, event).flatMap((item) =>
    [...waysOf(item).holders].map((holder) => [item, holder] as const),
  );
  const all = new Map([...told, ...others].map((pair) => [pair.join(' '), pair]));
  const readings = new Map<ItemId, Reading>();
  return [...all].map(([subject, [item, holder]]) => {
    const reading = readings.get(item) ?? readingOf(person, item, waysOf(item));
    readings.set(item, reading);
    return {
      table: DUTY,
      scope: { person: person.identity.person, subject },
      rows: lapseRows(reading, holder),
    };
  });
}

/**
 * Items of which somebody’s word, or who may speak, can carry knowledge on without changing what who-knows tells: of
 * those, too, who hang on whoever says that they hold it by themselves.
 */
function wordedItems(person: ActivePerson, event: Recorded<PersonEvent>): readonly ItemId[] {
  switch (event.type) {
    case 'ConsentGranted':
    case 'ConsentWithdrawn':
    case 'ConsentRefused':
    case 'ObjectionRaised':
    case 'ObjectionLifted':
    case 'RepresentationEstablished':
    case 'RepresentationEnded':
    case 'DisclosureCorrected':
    case 'HoldingDeclared':
      return affectedItems(person, event);
    case 'DutyDischarged':
      return person.acts.get(event.data.disclosure)?.items.map(({ item }) => item) ?? [];
    default:
      return [];
  }
}

function rowsAbout(judgements: Judgements, about: About, id: string): readonly Row[] {
  return dutyRows(judgements.person, about, id, owedAbout(judgements, about, id));
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
    case 'DisclosureExplained':
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
      ({ assessed, declared }) =>
        assessed?.duties.some(({ kind }) => kinds.includes(kind)) ||
        (isReview && declared?.exception?.reviewBy !== undefined),
    )
    .map((act) => disclosure(act.disclosure));
}
