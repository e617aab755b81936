import type { Recorded } from '#decider';
import { withCopies, type ActivePerson, type PersonEvent } from '#person';
import { epochMs } from '#time';
import type { Change, Row, Table } from '#read-store';
import type { Keyed } from './keyed.js';
import { affectedItems } from './affected.js';
import { WILL } from './consents/consents.projection.js';
import { willRows } from './consents/affected-wills.js';
import { labelChanges } from './labels.projection.js';
import { REGISTER, registerRows } from './register/register.projection.js';
import { timelineChange } from './timeline/timeline.projection.js';
import { EDGE, edgeRow } from './trail/trail.projection.js';
import { ItemWays } from './ways.js';
import { KNOWLEDGE, knowledgeBy, type Knowledge } from './who-knows/who-knows.projection.js';

/** Everything that one event on a person's stream changes in the read models. `person` is the state after it. */
export function personChanges(person: ActivePerson, event: Recorded<PersonEvent>): readonly Change[] {
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
    ...affectedItems(person, event).flatMap((item) => {
      const ways = ItemWays.of(person, item);
      const all = [...ways.holders].flatMap((holder) => ways.of(holder));
      const knowledge = [...ways.holders].flatMap((holder) =>
        knowledgeBy(person, item, holder, ways.of(holder)),
      );
      const scope = { person: id, item };
      return [
        change(
          EDGE,
          scope,
          all.map((way) => edgeRow(id, item, way)),
        ),
        change(
          KNOWLEDGE,
          scope,
          knowledge.map((k) => knowledgeRow(id, k)),
        ),
      ];
    }),
    ...registerChanges(person, event).map(([ref, rows]) => change(REGISTER, { disclosure: ref }, rows)),
  ];
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

function knowledgeRow(person: string, k: Knowledge): Row {
  const { validFrom, validTo, ...rest } = k;
  return { person, ...rest, valid_from: validFrom, valid_to: validTo };
}
