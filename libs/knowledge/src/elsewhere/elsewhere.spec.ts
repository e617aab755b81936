import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { streamKind, type DomainEvent, type Recorded } from '#decider';
import { personFold, type ActivePerson, type PersonEvent } from '#person';
import { OPEN_END, type ReadStore } from '#read-store';
import { dutyRows } from '../duties/duties.projection.js';
import { owedAbout } from '../duties/owed.js';
import { allFindings } from '../findings/all-findings.js';
import { idOf } from '../findings/findings.projection.js';
import { factsOf } from '../findings/findings.projection.js';
import { elsewhereFold, type Elsewhere, type ElsewhereEvent } from './elsewhere.js';
import { dumpOf, projected } from './ledger.testing.js';
import { ledgers } from './stories.testing.js';

let folder: string;
let n = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-elsewhere-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const path = () => join(folder, `${n++}.db`);

/** Everything folded at once. */
function statesOf(events: readonly Recorded<DomainEvent>[]): [ActivePerson, Elsewhere] {
  const isPerson = ({ stream }: Recorded<DomainEvent>) => streamKind(stream) === 'person';
  const person = events
    .filter(isPerson)
    .reduce((state, event) => personFold.evolve(state, event as Recorded<PersonEvent>), personFold.initial);
  const elsewhere = events
    .filter((event) => !isPerson(event))
    .reduce(
      (state, event) => elsewhereFold.evolve(state, event as Recorded<ElsewhereEvent>),
      elsewhereFold.initial,
    );
  return [person as ActivePerson, elsewhere];
}

const now = (store: ReadStore, columns: string, table: string) =>
  store
    .all(`SELECT ${columns} FROM ${table} WHERE recorded_to = ?`, OPEN_END)
    .map((row) => Object.values(row).join(' '))
    .toSorted();

describe('facts of other streams', () => {
  test('leave, one event after the other, what reading all of a random ledger at once finds', async () => {
    await fc.assert(
      fc.asyncProperty(ledgers, fc.integer({ min: 1, max: 7 }), async (events, batch) => {
        const store = await projected(path(), events, batch, 5);
        const [person, elsewhere] = statesOf(events);
        const found = allFindings(person, elsewhere).map((one) =>
          [idOf(person.identity.person, one), one.rule, factsOf(one), one.fromMs, one.toMs ?? OPEN_END].join(
            ' ',
          ),
        );
        expect(now(store, 'id, rule, facts, valid_from, valid_to', 'finding')).toEqual(found.toSorted());
        const owed = [...person.acts.keys()].flatMap((act) =>
          dutyRows(person, 'disclosure', act, owedAbout(person, 'disclosure', act, elsewhere)),
        );
        expect(
          now(store, 'id, kind, debtor, items, valid_from, valid_to', 'duty').filter((line) =>
            line.includes('attest-destruction'),
          ),
        ).toEqual(
          owed
            .filter(({ kind }) => kind === 'attest-destruction')
            .map((row) =>
              ['id', 'kind', 'debtor', 'items', 'valid_from', 'valid_to'].map((c) => row[c]).join(' '),
            )
            .toSorted(),
        );
        store.close();
      }),
      { numRuns: 150, endOnFailure: true },
    );
  }, 240_000);

  test('leave the same rows, with their past, whatever the batches', async () => {
    await fc.assert(
      fc.asyncProperty(ledgers, fc.integer({ min: 2, max: 40 }), async (events, batch) => {
        const live = await projected(path(), events, 1, 5);
        const made = await projected(path(), events, batch);
        expect(dumpOf(made)).toEqual(dumpOf(live));
        live.close();
        made.close();
      }),
      { numRuns: 60, endOnFailure: true },
    );
  }, 240_000);
});
