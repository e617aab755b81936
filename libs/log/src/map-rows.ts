import { EMPTY_SUBTREES, nodeHash, type Hash } from '#transparency';
import { SQL } from './schema.js';
import type { Row, SqlFile } from './sql-file.js';

const REGION_DEPTH = 8;
/** Ids of a region: those of a heap over its 256 buckets. */
const REGION_IDS = 2 ** (REGION_DEPTH + 1);
/** From here on; before them the heap over the regions. */
const FIRST_REGION_ID = 2 ** (24 - REGION_DEPTH + 1);

/**
 * Every fourth level is stored; a node between is hashed from at most eight of the level below that is. Writing a node
 * costs more than hashing one, and most of the map is empty, where there is nothing to hash.
 */
export function isStored(level: number): boolean {
  return level % 4 === 0;
}

/**
 * Where a node of the map stands: level 8 and above in one heap (root 1, children twice their parent and one more),
 * below that region by region, so that what changes together lies side by side.
 */
export function idOf(level: number, index: number): number {
  if (level >= REGION_DEPTH) return 2 ** (24 - level) + index;
  const width = 2 ** (REGION_DEPTH - level);
  return FIRST_REGION_ID + Math.floor(index / width) * REGION_IDS + width + (index % width);
}

/** Rows of the map's nodes; those of one region are read together and remembered until the next one's are. */
export class MapRows {
  private first = -1;
  private rows = new Map<number, Row>();

  constructor(private readonly db: SqlFile) {}

  /** As the map entry `asOf` shows it, which is the newest or the one that is kept. */
  node(level: number, index: number, asOf: number): Hash | undefined {
    if (!isStored(level)) return this.hashed(level, index, asOf);
    const row = this.row(idOf(level, index));
    if (row === undefined) return undefined;
    const shown = (row['since'] as number) <= asOf ? row['hash'] : row['old'];
    return (shown as Hash | null) ?? undefined;
  }

  /** Rows were written. */
  forget(): void {
    this.first = -1;
  }

  /** A node between two levels that are stored. */
  private hashed(level: number, index: number, asOf: number): Hash | undefined {
    const [left, right] = [0, 1].map((side) => this.node(level - 1, 2 * index + side, asOf));
    const empty = EMPTY_SUBTREES[level - 1]!;
    return left || right ? nodeHash(left ?? empty, right ?? empty) : undefined;
  }

  private row(id: number): Row | undefined {
    if (id < FIRST_REGION_ID) return this.db.all(SQL.mapNodes, id, id + 1)[0];
    const first = id - (id % REGION_IDS);
    if (first !== this.first) {
      const rows = this.db.all(SQL.mapNodes, first, first + REGION_IDS);
      this.rows = new Map(rows.map((row) => [row['id'] as number, row]));
      this.first = first;
    }
    return this.rows.get(id);
  }
}
