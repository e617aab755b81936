import type { Recorded } from '#decider';
import { personFold, type Person, type PersonEvent } from '#person';
import { ReadStore, type Change } from '#read-store';
import { elsewhereFold, type Elsewhere } from './elsewhere/elsewhere.js';
import { personChanges, type RememberedItems } from './person.projection.js';
import { TABLES } from './projector.js';

/** The read models after these events of one person, while nothing else happens. Sealed and blind cells are not what this is about. */
export function remembered(
  path: string,
  history: readonly Recorded<PersonEvent>[],
  elsewhere: Elsewhere = elsewhereFold.initial,
): ReadStore {
  const store = ReadStore.open(path, TABLES);
  for (const changes of changesOf(history, elsewhere)) store.apply(changes.map(plain), 0);
  return store;
}

function changesOf(history: readonly Recorded<PersonEvent>[], elsewhere: Elsewhere): readonly Change[][] {
  const views: RememberedItems = new Map();
  let person: Person = personFold.initial;
  return history.map((event) => {
    const before = person;
    person = personFold.evolve(before, event);
    // Now and then what was remembered is lost, as it is when others need the room.
    if (event.revision % 7 === 0) views.clear();
    return person.status === 'active' ? [...personChanges(before, person, event, views, elsewhere)] : [];
  });
}

/** Sealed and blind cells in clear, as a store without keys can hold them. */
export function plain(change: Change) {
  const rows = change.rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([column, cell]) => [
        column,
        cell !== null && typeof cell === 'object' ? Buffer.from(JSON.stringify(cell)) : cell,
      ]),
    ),
  );
  if (change.table.name !== 'person_index') return { ...change, rows };
  return { ...change, rows: [] };
}
