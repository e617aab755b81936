import type { Recorded } from '#decider';
import {
  holderKey,
  isPlaced,
  personFold,
  revealedBy,
  type Act,
  type ActivePerson,
  type DeferralRevealed,
  type DisclosureId,
  type ItemId,
  type Person,
  type PersonEvent,
} from '#person';
import { epochMs } from '#time';
import type { Change, Row, Table } from '#read-store';
import { affectedItems } from './affected.js';
import { caseChanges } from './cases.projection.js';
import { WILL } from './consents/consents.projection.js';
import { willRows } from './consents/affected-wills.js';
import type { Elsewhere } from './elsewhere/elsewhere.js';
import { mentionChanges } from './elsewhere/mentions.projection.js';
import { dutyChanges, lapseChanges } from './duties/affected-duties.js';
import { DUTY } from './duties/duties.projection.js';
import { findingChanges } from './findings/findings.projection.js';
import { Judgements } from './findings/judged.js';
import { touchedActs } from './findings/touched.js';
import { labelChanges } from './labels.projection.js';
import { registerChanges } from './register/affected-register.js';
import { REGISTER } from './register/register.projection.js';
import { timelineChange } from './timeline/timeline.projection.js';
import { differing, rowsOfAct, rowsOfHolder, rowsOfItem, rowsOfWord, type Scoped } from './item-rows.js';
import { ItemWays } from './ways.js';

/** What is remembered of a person's items between two events; a cache, filled from the state before the event. */
export type RememberedItems = Map<ItemId, ItemWays>;

/**
 * Everything that one event on a person's stream changes in the read models.
 * @param before the state before it
 * @param person the state after it
 * @param remembered of the state before; brought up to the state after
 * @param elsewhere what other streams say at this event's position
 * @param isJudgedNext the next event, of the same append, has the act of this one judged
 */
export function personChanges(
  before: Person,
  person: ActivePerson,
  event: Recorded<PersonEvent>,
  remembered: RememberedItems,
  elsewhere: Elsewhere,
  isJudgedNext = false,
): readonly Change[] {
  const id = person.identity.person;
  const recordedMs = epochMs(event.recordedAt);
  const change = (table: Table, scope: Change['scope'], rows: readonly Row[]): Change => ({
    table,
    scope,
    rows,
    recordedMs,
  });
  const earlier = before.status === 'active' ? before : undefined;
  const items = itemChanges(before, person, event, remembered).map((scoped) => ({ ...scoped, recordedMs }));
  const judgements = new Judgements(person, elsewhere, remembered);
  const later = isJudgedNext ? actOf(event) : undefined;
  const touched = touchedActs(judgements, event).filter(({ disclosure }) => disclosure !== later);
  const duties = dutyChanges(earlier, judgements, event, touched, later).map(([ref, rows]) =>
    change(DUTY, { person: id, subject: ref }, rows),
  );
  return [
    timelineChange(id, event),
    ...labelChanges(person, event),
    ...caseChanges(id, event),
    ...mentionChanges(id, event),
    ...willRows(person, event).map(([ref, rows]) => change(WILL, { person: id, id: ref }, rows)),
    ...duties,
    ...lapseChanges(judgements, event, items).map((scoped) => ({ ...scoped, recordedMs })),
    ...items,
    ...findingChanges(judgements, event, touched, [...duties, ...items]).map((scoped) => ({
      ...scoped,
      recordedMs,
    })),
    ...registerChanges(person, event).map(([ref, rows]) => change(REGISTER, { disclosure: ref }, rows)),
  ];
}

function actOf({ data }: Recorded<PersonEvent>): DisclosureId | undefined {
  return 'disclosure' in data ? data.disclosure : undefined;
}

/** What a reveal changes: each fact what it would have changed. The ledger tells it from the reveal on. */
export function revealChanges(
  before: ActivePerson,
  event: Recorded<DeferralRevealed>,
  remembered: RememberedItems,
  elsewhere: Elsewhere,
): readonly Change[] {
  const changes: Change[] = [];
  let person = before;
  for (const fact of revealedBy<PersonEvent>(event.data)) {
    const next = personFold.evolve(person, fact);
    if (next.status !== 'active') break;
    changes.push(...personChanges(person, next, fact, remembered, elsewhere));
    person = next;
  }
  return changes;
}

function itemChanges(
  before: Person,
  person: ActivePerson,
  event: Recorded<PersonEvent>,
  remembered: RememberedItems,
): readonly Scoped[] {
  const earlier = before.status === 'active' ? before : undefined;
  return affectedItems(person, event).flatMap((item) => {
    const ways = remembered.get(item) ?? (earlier ? ItemWays.of(earlier, item) : new ItemWays([], []));
    remembered.set(item, ways);
    if (event.type === 'PurgeAttested')
      return [rowsOfHolder(person, item, ways, holderKey(event.data.holder))];
    const act = freshAct(earlier, person, event, item);
    if (act) return rowsOfAct(person, item, ways, act);
    const now = ItemWays.of(person, item);
    remembered.set(item, now);
    if (WORDS.has(event.type)) return rowsOfWord(person, item, ways, now);
    return differing(earlier ? rowsOfItem(earlier, item, ways) : [], rowsOfItem(person, item, now));
  });
}

/** They change no act, and nobody’s having learnt it. */
const WORDS: ReadonlySet<PersonEvent['type']> = new Set([
  'ConsentGranted',
  'ConsentRefused',
  'ConsentWithdrawn',
  'ObjectionRaised',
  'ObjectionLifted',
  'RepresentationEstablished',
  'RepresentationEnded',
]);

/** The act that the event records, where it changes nothing but what hangs on it. */
function freshAct(
  before: ActivePerson | undefined,
  person: ActivePerson,
  event: Recorded<PersonEvent>,
  item: ItemId,
): Act | undefined {
  // What was deferred has its place among earlier acts: the item is read anew.
  if (isPlaced(event)) return undefined;
  const { type, data } = event;
  if (type !== 'DisclosureRecorded' && type !== 'DisclosureReported') return undefined;
  const isNamed = person.holdings
    .get(item)
    ?.some(({ source }) => source.kind === 'disclosure' && source.disclosure === data.disclosure);
  const isKnown = before?.acts.has(data.disclosure) === true;
  return isNamed || isKnown ? undefined : person.acts.get(data.disclosure);
}
