import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { asId, recorded, type Recorded } from '#decider';
import {
  momentsOfKnowing,
  personFold,
  withPlaced,
  type ActivePerson,
  type Person,
  type PersonEvent,
  type Placed,
} from '#person';
import { elsewhereFold } from '../elsewhere/elsewhere.js';
import { allFindings } from '../findings/all-findings.js';
import { rowsOfItem } from '../item-rows.js';
import { ItemWays } from '../ways.js';
import { KNOWLEDGE } from '../who-knows/who-knows.projection.js';
import { HOLDERS } from '../who-knows/history-parts.testing.js';
import { heldHistories, histories, wordyHistories } from '../who-knows/history.testing.js';

type History = readonly Recorded<PersonEvent>[];

const drawn = fc.record({
  history: fc.oneof(histories, wordyHistories, heldHistories),
  seed: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
});

/** What an event is about, by the acts that it names. */
function namedBy({ data }: Recorded<PersonEvent>): readonly string[] {
  const { disclosure, duplicateOf, source } = data as {
    disclosure?: string;
    duplicateOf?: string;
    source?: { disclosure?: string };
  };
  return [disclosure, duplicateOf, source?.disclosure].flatMap((one) => one ?? []);
}

/** Some acts, and all that names one of them: what says that two are one keeps them together. */
function deferredOf(history: History, seed: readonly boolean[]): ReadonlySet<string> {
  const acts = [...new Set(history.flatMap(namedBy))];
  const deferred = new Set(acts.filter((_, i) => seed[i % seed.length]));
  for (let size = -1; size !== deferred.size;) {
    size = deferred.size;
    for (const names of history.map(namedBy))
      if (names.some((one) => deferred.has(one))) for (const one of names) deferred.add(one);
  }
  return deferred;
}

function fold(events: History): ActivePerson {
  const person = events.reduce<Person>((state, event) => personFold.evolve(state, event), personFold.initial);
  if (person.status !== 'active') throw new Error('The person is not there.');
  return person;
}

/** The same record on two streams. */
function split(history: History, deferred: ReadonlySet<string>) {
  const own: Recorded<PersonEvent>[] = [];
  const placed: Placed[] = [];
  for (const event of history)
    if (namedBy(event).some((one) => deferred.has(one)))
      placed.push({ behind: own.length - 1, event: { ...event, revision: placed.length } });
    else own.push({ ...event, revision: own.length });
  return { alone: fold(own), placed };
}

/** All that follows from a person's record, where it is not the number of a place. */
function consequences(person: ActivePerson) {
  const items = [...person.items.keys()].sort();
  return {
    knowledge: items.map((item) =>
      rowsOfItem(person, item, ItemWays.of(person, item))
        .filter(({ table, rows }) => table === KNOWLEDGE && rows.length > 0)
        .map(({ scope, rows }) => JSON.stringify([scope, rows]))
        .sort(),
    ),
    findings: allFindings(person, elsewhereFold.initial)
      .map((one) => JSON.stringify(one))
      .sort(),
    knowing: items.map((item) =>
      HOLDERS.map((holder) =>
        momentsOfKnowing(person, item, holder)
          .map(({ effectiveAt }) => JSON.stringify(effectiveAt))
          .sort(),
      ),
    ),
  };
}

describe('a person and their open deferrals', () => {
  test('come to the same as one stream of both', () => {
    fc.assert(
      fc.property(drawn, ({ history, seed }) => {
        const { alone, placed } = split(history, deferredOf(history, seed));
        expect(consequences(withPlaced(alone, placed))).toEqual(consequences(fold(history)));
      }),
      { numRuns: 300 },
    );
  }, 120_000);

  test('are the same before the reveal and after it, whatever was said meanwhile', () => {
    fc.assert(
      fc.property(drawn, ({ history, seed }) => {
        const { alone, placed } = split(history, deferredOf(history, seed));
        const data = { deferral: asId<'Deferral'>('d'), facts: placed };
        const reveal = recorded({ type: 'DeferralRevealed', data } as const, history.length);
        const revealed = personFold.evolve(alone, reveal) as ActivePerson;
        expect(consequences(revealed)).toEqual(consequences(fold(history)));
      }),
      { numRuns: 100 },
    );
  }, 120_000);
});
