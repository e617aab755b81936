import { concat, isCount } from '../bytes.js';
import { HASH_BYTES, type Hash } from '../crypto.js';
import { nodeHash } from './hashes.js';
import type { NodeReader } from './tree.js';

export const TILE_WIDTH = 256;
const TILE_HEIGHT = 8;
const PATH = /^tile\/(entries|0|[1-9]\d?)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;
const MAX_LEVEL = 63;

/** c2sp.org/tlog-tiles: 256 hashes side by side, or (`entries`) the 256 entries below a tile of level 0. */
export interface Tile {
  readonly level: number | 'entries';
  readonly index: number;
  /** 1 to 256; less than 256 is a partial tile, at the right edge of the tree. */
  readonly width: number;
}

/** `tile/0/x001/x234/067`, `tile/1/000.p/5`, `tile/entries/003`. Throws RangeError for a tile that cannot be. */
export function tilePath(tile: Tile): string {
  if (!isTile(tile)) throw new RangeError(`no such tile: ${JSON.stringify(tile)}`);
  const partial = tile.width < TILE_WIDTH ? `.p/${tile.width}` : '';
  return `tile/${tile.level}/${encodeIndex(tile.index)}${partial}`;
}

/** Undefined for every path that `tilePath` would not have made. */
export function parseTilePath(path: string): Tile | undefined {
  const [, level, index, width] = PATH.exec(path) ?? [];
  if (level === undefined || index === undefined) return undefined;
  const tile: Tile = {
    level: level === 'entries' ? level : Number(level),
    index: Number(index.replaceAll(/[x/]/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  };
  return isTile(tile) && tilePath(tile) === path ? tile : undefined;
}

function isTile({ level, index, width }: Tile): boolean {
  const known = level === 'entries' || (isCount(level) && level <= MAX_LEVEL);
  return known && isCount(index) && isCount(width) && width >= 1 && width <= TILE_WIDTH;
}

function encodeIndex(index: number): string {
  const last = String(index % 1000).padStart(3, '0');
  let path = last;
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000))
    path = `x${String(rest % 1000).padStart(3, '0')}/${path}`;
  return path;
}

/** How many hashes the tile has in a tree of `size` leaves: 0 (it is not there) to 256. */
export function tileWidth(level: number | 'entries', index: number, size: number): number {
  const hashes = Math.floor(size / TILE_WIDTH ** (level === 'entries' ? 0 : level));
  return Math.max(0, Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH));
}

/** Every tile, full or partial, that a tree of `newSize` has and one of `oldSize` had not; lowest level first. */
export function newTiles(oldSize: number, newSize: number): readonly Tile[] {
  const tiles: Tile[] = [];
  for (let level = 0, span = 1; span <= newSize; level++, span *= TILE_WIDTH) {
    const [from, to] = [Math.floor(oldSize / span), Math.floor(newSize / span)];
    if (from === to) break;
    for (let index = Math.floor(from / TILE_WIDTH); index * TILE_WIDTH < to; index++)
      tiles.push({ level, index, width: tileWidth(level, index, newSize) });
  }
  return tiles;
}

/** The bytes of a Merkle tile: its hashes one after the other. Throws RangeError for `entries`. */
export function tileBytes({ level, index, width }: Tile, nodes: NodeReader): Uint8Array {
  if (level === 'entries') throw new RangeError('a bundle of entries holds no hashes');
  const first = index * TILE_WIDTH;
  return concat(...Array.from({ length: width }, (_, i) => nodes.node(level * TILE_HEIGHT, first + i)));
}

/** Undefined unless the bytes are exactly `width` hashes. */
export function parseTile(bytes: Uint8Array, width: number): readonly Hash[] | undefined {
  if (bytes.length !== width * HASH_BYTES) return undefined;
  return Array.from({ length: width }, (_, i) => bytes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES));
}

/**
 * Reads complete subtrees out of tiles, so that a store or a client keeps only every eighth level (1/255 more
 * than the leaf hashes) and hashes at most 255 times for a node. `read` answers the bytes of a tile of the tree
 * of `size` leaves. Throws RangeError for a node outside that tree and for a tile of another length.
 */
export function nodesFromTiles(size: number, read: (tile: Tile) => Uint8Array): NodeReader {
  return {
    node(level, index) {
      const tileLevel = Math.floor(level / TILE_HEIGHT);
      const count = 2 ** (level % TILE_HEIGHT);
      const tileIndex = Math.floor((index * count) / TILE_WIDTH);
      const start = (index * count) % TILE_WIDTH;
      const tile: Tile = { level: tileLevel, index: tileIndex, width: tileWidth(tileLevel, tileIndex, size) };
      if (start + count > tile.width)
        throw new RangeError(`no node ${level}/${index} in a tree of ${size} leaves`);
      const hashes = parseTile(read(tile), tile.width);
      if (hashes === undefined) throw new RangeError(`not ${tile.width} hashes: ${tilePath(tile)}`);
      return perfectRoot(hashes.slice(start, start + count));
    },
  };
}

/** Head over a power of two of hashes. */
function perfectRoot(hashes: readonly Hash[]): Hash {
  let row = hashes;
  while (row.length > 1)
    row = Array.from({ length: row.length / 2 }, (_, i) => nodeHash(row[2 * i]!, row[2 * i + 1]!));
  return row[0]!;
}
