type Told = Readonly<Record<string, unknown>>;

/** Pairs. Comparing two rows costs less than a key for each, as long as there are few. */
const MOST_COMPARED = 1_000;

/**
 * What is on record and not wanted, and what is wanted and not on record, each once. Rows keep their order from one
 * telling to the next, so most of them stand at the beginning of both.
 * @param open no two of which are the same
 * @param columns by which rows are the same
 */
export function differing<Open extends Told, Wanted extends Told>(
  open: readonly Open[],
  wanted: readonly Wanted[],
  columns: readonly string[],
): { readonly gone: readonly Open[]; readonly fresh: readonly Wanted[] } {
  let standing = 0;
  while (standing < open.length && standing < wanted.length) {
    if (!isSame(open[standing]!, wanted[standing]!, columns)) break;
    standing++;
  }
  const rest = wanted.slice(standing);
  return {
    gone: without(open.slice(standing), rest, columns),
    fresh: distinct(without(rest, open, columns), columns),
  };
}

function without<Row extends Told>(
  rows: readonly Row[],
  others: readonly Told[],
  columns: readonly string[],
): readonly Row[] {
  if (rows.length === 0 || others.length === 0) return rows;
  if (rows.length * others.length <= MOST_COMPARED)
    return rows.filter((row) => !others.some((other) => isSame(row, other, columns)));
  const keys = new Set(others.map((other) => keyOf(other, columns)));
  return rows.filter((row) => !keys.has(keyOf(row, columns)));
}

function distinct<Row extends Told>(rows: readonly Row[], columns: readonly string[]): readonly Row[] {
  if (rows.length < 2) return rows;
  if (rows.length ** 2 <= MOST_COMPARED)
    return rows.filter((row, i) => !rows.slice(0, i).some((before) => isSame(row, before, columns)));
  return [...new Map(rows.map((row) => [keyOf(row, columns), row])).values()];
}

/** What a row leaves out is null. */
function isSame(a: Told, b: Told, columns: readonly string[]): boolean {
  for (const column of columns) if (!isSameCell(a[column] ?? null, b[column] ?? null)) return false;
  return true;
}

function isSameCell(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  return a instanceof Uint8Array && b instanceof Uint8Array && Buffer.compare(a, b) === 0;
}

function keyOf(row: Told, columns: readonly string[]): string {
  return JSON.stringify(columns.map((column) => row[column] ?? null));
}
