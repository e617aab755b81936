import type { Recorded } from '#decider';
import {
  holderKey,
  withCopies,
  type Act,
  type ActivePerson,
  type ItemId,
  type Person,
  type PersonEvent,
  type Purge,
} from '#person';
import { epochMs } from '#time';
import type { Change, Row, Table } from '#read-store';
import type { Keyed } from './keyed.js';
import { affectedItems } from './affected.js';
import { WILL } from './consents/consents.projection.js';
import { willRows } from './consents/affected-wills.js';
import { labelChanges } from './labels.projection.js';
import { REGISTER, registerRows } from './register/register.projection.js';
import { timelineChange } from './timeline/timeline.projection.js';
import { ItemView, type Scoped } from './item-view.js';

/** What is remembered of a person's items between two events; a cache, filled from the state before the event. */
export type ItemViews = Map<ItemId, ItemView>;

/**
 * Everything that one event on a person's stream changes in the read models.
 * @param before the state before it
 * @param person the state after it
 * @param views of the state before; brought up to the state after
 */
export function personChanges(
  before: Person,
  person: ActivePerson,
  event: Recorded<PersonEvent>,
  views: ItemViews,
): readonly Change[] {
  const id = person.identity.person;
  const recordedMs = epochMs(event.recordedAt);
  const change = (table: Table, scope: Change['scope'], rows: readonly Row[]): Change => ({
    table,
    scope,
    rows,
    recordedMs,
  });
  return [
    timelineChange(id, event),
    ...labelChanges(person, event),
    ...willRows(person, event).map(([ref, rows]) => change(WILL, { person: id, id: ref }, rows)),
    ...itemChanges(before, person, event, views).map((scoped) => ({ ...scoped, recordedMs })),
    ...registerChanges(person, event).map(([ref, rows]) => change(REGISTER, { disclosure: ref }, rows)),
  ];
}

function itemChanges(
  before: Person,
  person: ActivePerson,
  event: Recorded<PersonEvent>,
  views: ItemViews,
): readonly Scoped[] {
  return affectedItems(person, event).flatMap((item) => {
    const view = views.get(item) ?? (before.status === 'active' ? ItemView.of(before, item) : undefined);
    const act = freshAct(before, person, event, item);
    if (view && (act || event.type === 'PurgeAttested')) {
      views.set(item, view);
      return act ? view.tell(person, act) : view.attest(person, [holderKey((event.data as Purge).holder)]);
    }
    const after = ItemView.of(person, item);
    views.set(item, after);
    return view ? after.since(view) : after.all();
  });
}

/** The act that the event records, where it changes nothing but what hangs on it. */
function freshAct(
  before: Person,
  person: ActivePerson,
  { type, data }: Recorded<PersonEvent>,
  item: ItemId,
): Act | undefined {
  if (type !== 'DisclosureRecorded' && type !== 'DisclosureReported') return undefined;
  const isNamed = person.holdings
    .get(item)
    ?.some(({ source }) => source.kind === 'disclosure' && source.disclosure === data.disclosure);
  const isKnown = before.status === 'active' && before.acts.has(data.disclosure);
  return isNamed || isKnown ? undefined : person.acts.get(data.disclosure);
}

function registerChanges(person: ActivePerson, { type, data }: Recorded<PersonEvent>): readonly Keyed[] {
  switch (type) {
    case 'DisclosureRecorded':
    case 'DisclosureReported':
    case 'DisclosureCorrected':
    case 'RetentionChanged': {
      const acts =
        type === 'DisclosureCorrected'
          ? withCopies(person, data.disclosure)
          : [person.acts.get(data.disclosure)];
      return acts.flatMap((act) => (act ? [[act.disclosure, registerRows(person, act)]] : []));
    }
    default:
      return [];
  }
}
