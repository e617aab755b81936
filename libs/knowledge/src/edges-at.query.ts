import type { EdgeView } from './graph.js';
import type { Moment } from './moment.request.js';
import type { Reader } from './reader.query.js';

const COLUMNS = `item, disclosure, from_holder, to_holder, valid_from, purpose, basis, rests_on, frame, channel,
  until, reported, source, place_ms, place_n`;

/** All passings about a person at one date pair, in the order of their places; `item` narrows them to one item. */
export function edgesAt(reader: Reader, person: string, moment: Moment, item?: string): readonly EdgeView[] {
  const sql = `SELECT ${COLUMNS} FROM edge WHERE person = :person ${item ? 'AND item = :item' : ''}
    AND valid_from <= :valid AND recorded_from <= :known AND recorded_to > :known
    ORDER BY place_ms, place_n, to_holder`;
  const { validMs: valid, knownMs: known } = moment;
  return reader.rows(sql, { person, valid, known, ...(item ? { item } : {}) }).map((row) => ({
    item: row['item'] as string,
    disclosure: row['disclosure'] as string | null,
    from: row['from_holder'] as string | null,
    to: row['to_holder'] as string,
    effectiveMs: row['valid_from'] as number,
    purpose: row['purpose'] as string | null,
    basis: row['basis'] as string | null,
    restsOn: row['rests_on'] as string | null,
    frame: row['frame'] as string | null,
    channel: row['channel'] as string | null,
    untilMs: row['until'] as number | null,
    reported: row['reported'] === 1,
    source: row['source'] as string | null,
    place: { ms: row['place_ms'] as number, n: row['place_n'] as number },
  }));
}
