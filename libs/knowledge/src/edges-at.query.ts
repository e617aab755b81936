import type { EdgeView } from './graph.js';
import type { Moment } from './moment.request.js';
import type { Reader } from './reader.query.js';

/** All passings about a person at one date pair, as paths need them; `item` narrows them to one item. */
export function edgesAt(reader: Reader, person: string, moment: Moment, item?: string): readonly EdgeView[] {
  const sql = `SELECT rowid AS row_id, item, disclosure, from_holder, to_holder, place_ms, place_n, place_end
    FROM edge WHERE person = :person ${item ? 'AND item = :item' : ''}
    AND valid_from <= :valid AND recorded_from <= :known AND recorded_to > :known`;
  const { validMs: valid, knownMs: known } = moment;
  return reader.rows(sql, { person, valid, known, ...(item ? { item } : {}) }).map((row) => ({
    item: row['item'] as string,
    disclosure: row['disclosure'] as string | null,
    from: row['from_holder'] as string | null,
    to: row['to_holder'] as string,
    place: {
      ms: row['place_ms'] as number,
      n: row['place_n'] as number,
      endMs: row['place_end'] as number,
    },
    row: row['row_id'] as number,
  }));
}
