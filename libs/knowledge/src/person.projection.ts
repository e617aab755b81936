import type { Recorded } from '#decider';
import type { ActivePerson, PersonEvent } from '#person';
import { epochMs } from '#time';
import type { Change, Row, Table } from '#read-store';
import { affectedItems } from './affected.js';
import { caseChanges } from './cases.projection.js';
import { consentRows, objectionRows, refusalRows, WILL } from './consents/consents.projection.js';
import { labelChanges } from './labels.projection.js';
import { REGISTER, registerRows } from './register/register.projection.js';
import { timelineChange } from './timeline/timeline.projection.js';
import { EDGE, edgeRows } from './trail/trail.projection.js';
import { KNOWLEDGE, knowledgeOf, type Knowledge } from './who-knows/who-knows.projection.js';

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
    ...caseChanges(id, event),
    ...willRows(person, event).map(([ref, rows]) => change(WILL, { person: id, id: ref }, rows)),
    ...affectedItems(person, event).flatMap((item) => [
      change(EDGE, { person: id, item }, edgeRows(person, item)),
      change(
        KNOWLEDGE,
        { person: id, item },
        knowledgeOf(person, item).map((k) => knowledgeRow(id, k)),
      ),
    ]),
    ...registerChanges(person, event).map(([ref, rows]) => change(REGISTER, { disclosure: ref }, rows)),
  ];
}

type Keyed = readonly [ref: string, rows: readonly Row[]];

function willRows(person: ActivePerson, { type, data }: Recorded<PersonEvent>): readonly Keyed[] {
  switch (type) {
    case 'ConsentGranted':
    case 'ConsentWithdrawn': {
      const consent = person.consents.get(data.consent);
      return consent ? [[data.consent, consentRows(person, consent)]] : [];
    }
    case 'ConsentRefused':
      return [[data.refusal, refusalRows(person, person.refusals.get(data.refusal)!)]];
    case 'ObjectionRaised':
    case 'ObjectionLifted': {
      const objection = person.objections.get(data.objection);
      return objection ? [[data.objection, objectionRows(person, objection)]] : [];
    }
    default:
      return [];
  }
}

function registerChanges(person: ActivePerson, { type, data }: Recorded<PersonEvent>): readonly Keyed[] {
  switch (type) {
    case 'DisclosureRecorded':
    case 'DisclosureReported':
    case 'DisclosureCorrected':
    case 'RetentionChanged': {
      const act = person.acts.get(data.disclosure);
      return act ? [[act.disclosure, registerRows(person, act)]] : [];
    }
    default:
      return [];
  }
}

function knowledgeRow(person: string, k: Knowledge): Row {
  const { validFrom, validTo, ...rest } = k;
  return { person, ...rest, valid_from: validFrom, valid_to: validTo };
}
