import { FOREVER_MS } from '#time';

/** Text that is stored sealed under its owner's key and bound to its column. */
export interface SealedCell {
  readonly owner: string;
  readonly text: string;
}
/** Text that is stored as a keyed hash, so that it can be found but not read. */
export interface BlindCell {
  readonly blind: string;
}
export type Cell = string | number | null | SealedCell | BlindCell;
export type Row = Readonly<Record<string, Cell>>;

/**
 * A table of facts with a memory. Every row also carries when the ledger believed it: `recorded_from` and
 * `recorded_to` in epoch ms, half-open. Rows of one scope are replaced together.
 */
export interface Table {
  readonly name: string;
  readonly columns: Readonly<Record<string, 'TEXT' | 'INTEGER' | 'BLOB'>>;
  /** Columns that say which rows belong together. They have an index, which questions may use as well. */
  readonly scope: readonly string[];
  readonly indexes?: readonly (readonly string[])[];
}

/** "From `recordedMs` on, the rows of this scope are these." */
export interface Change {
  readonly table: Table;
  readonly scope: Readonly<Record<string, string | number>>;
  readonly rows: readonly Row[];
  readonly recordedMs: number;
}

/** "From here on nothing of this person stands in any table." */
export interface Forgetting {
  readonly forget: string;
}

export function createTable({ name, columns, scope }: Table): string {
  const cells = Object.entries(columns).map(([column, type]) => `${column} ${type}`);
  return `CREATE TABLE ${name} (${cells.join(', ')}, recorded_from INTEGER NOT NULL, recorded_to INTEGER NOT NULL) STRICT;
    CREATE INDEX ${name}_by_scope ON ${name} (${[...scope, 'recorded_to'].join(', ')});`;
}

/** Secondary indexes come last on a rebuild: filling them row by row is several times slower. */
export function createIndexes({ name, indexes = [] }: Table): string {
  return indexes
    .map((columns, i) => `CREATE INDEX IF NOT EXISTS ${name}_${i} ON ${name} (${columns.join(', ')});`)
    .join('\n');
}

/** SQL condition: as the ledger knew it at `:known`. */
export const AS_KNOWN = 'recorded_from <= :known AND recorded_to > :known';
/** SQL condition: as it was at `:valid`. */
export const AS_VALID = 'valid_from <= :valid AND valid_to > :valid';

export const OPEN_END = FOREVER_MS;
