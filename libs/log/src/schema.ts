import type { EventId } from '#decider';
import { base64url, type Hash, type Label, type LabelState } from '#transparency';
import type { Row } from './sql-file.js';

/** What the projection has read: all batches up to `revision` of the stream `log`. */
export interface Source {
  readonly revision: number;
  /** Id of the last of them, by which another log's is told. */
  readonly batch?: EventId;
  /** Every event of the ledger up to this position is in the log. */
  readonly upTo: number;
}

/** A log's projection: everything in it can be computed again from the stream `log`. */
export const SCHEMA = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE entry (idx INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
CREATE TABLE node (
  level INTEGER NOT NULL, idx INTEGER NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (level, idx)
) STRICT, WITHOUT ROWID;
CREATE TABLE label (
  id INTEGER PRIMARY KEY, label BLOB NOT NULL UNIQUE, count INTEGER NOT NULL, last BLOB NOT NULL
) STRICT;
CREATE TABLE label_entry (
  label INTEGER NOT NULL, n INTEGER NOT NULL, idx INTEGER NOT NULL, PRIMARY KEY (label, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE map_node (id INTEGER PRIMARY KEY, hash BLOB NOT NULL, since INTEGER NOT NULL, old BLOB) STRICT;
CREATE TABLE map_entry (idx INTEGER PRIMARY KEY, prev INTEGER, at TEXT NOT NULL, root BLOB NOT NULL) STRICT;
CREATE TABLE deferral (label TEXT PRIMARY KEY, until TEXT NOT NULL) STRICT;
CREATE TABLE erased (label TEXT PRIMARY KEY) STRICT;
`;

const WITHIN_BUCKET = 'l.label >= :from AND l.label < :to';
/** What the label had before the entry `:size`: how many entries, and which was the last. */
const BEFORE = 'SELECT n FROM label_entry WHERE label = l.id AND idx < :size ORDER BY n DESC LIMIT 1';

export const SQL = {
  meta: 'SELECT value FROM meta WHERE key = ?',
  setMeta: 'INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  entry: 'SELECT bytes FROM entry WHERE idx = ?',
  entries: 'SELECT bytes FROM entry WHERE idx >= ? AND idx < ? ORDER BY idx',
  addEntry: 'INSERT INTO entry VALUES (?, ?)',
  node: 'SELECT hash FROM node WHERE level = ? AND idx = ?',
  addNode: 'INSERT INTO node VALUES (?, ?, ?)',
  label: 'SELECT id, count, last FROM label WHERE label = ?',
  addLabel: `INSERT INTO label (label, count, last) VALUES (?, ?, ?)
    ON CONFLICT (label) DO UPDATE SET count = excluded.count, last = excluded.last RETURNING id`,
  addLabelEntry: 'INSERT INTO label_entry VALUES (?, ?, ?)',
  labelEntries: `SELECT e.idx FROM label l JOIN label_entry e ON e.label = l.id
    WHERE l.label = ? AND e.idx < ? ORDER BY e.n`,
  labelEntry: 'SELECT e.idx FROM label l JOIN label_entry e ON e.label = l.id WHERE l.label = ? AND e.n = ?',
  bucket: `SELECT label, count, last FROM label l WHERE ${WITHIN_BUCKET}`,
  bucketBefore: `SELECT l.label, e.n + 1 AS count, n.hash AS last FROM label l
    JOIN label_entry e ON e.label = l.id AND e.n = (${BEFORE}) JOIN node n ON n.level = 0 AND n.idx = e.idx
    WHERE ${WITHIN_BUCKET}`,
  mapNodes: 'SELECT id, hash, since, old FROM map_node WHERE id >= ? AND id < ?',
  /** The newest version, and the one that the map in use shows. */
  setMapNode: `INSERT INTO map_node VALUES (?1, ?2, ?3, NULL) ON CONFLICT (id) DO UPDATE
    SET old = CASE WHEN since <= ?4 THEN hash ELSE old END, hash = ?2, since = ?3`,
  mapBefore: 'SELECT * FROM map_entry WHERE idx < ? ORDER BY idx DESC LIMIT 1',
  mapAfter: 'SELECT * FROM map_entry WHERE idx > ? ORDER BY idx LIMIT 1',
  addMapEntry: 'INSERT INTO map_entry VALUES (?, ?, ?, ?)',
  deferrals: 'SELECT label, until FROM deferral',
  dropDeferrals: 'DELETE FROM deferral',
  addDeferral: 'INSERT INTO deferral VALUES (?, ?)',
  erased: 'SELECT label FROM erased',
  addErased: 'INSERT OR IGNORE INTO erased VALUES (?)',
} as const;

/** Labels of a bucket stand together: it is their first three bytes. */
export function boundsOf(bucket: number): { readonly from: Uint8Array; readonly to: Uint8Array } {
  const bytes = (value: number) => Uint8Array.of(value >> 16, (value >> 8) & 255, value & 255);
  // After the last bucket comes a key that is longer than any label can be.
  return {
    from: bytes(bucket),
    to: bucket === 2 ** 24 - 1 ? new Uint8Array(33).fill(255) : bytes(bucket + 1),
  };
}

/** A row of labels. */
export function toState(row: Row): LabelState {
  const label = base64url(row['label'] as Uint8Array) as Label;
  return { label, count: row['count'] as number, last: row['last'] as Hash };
}
