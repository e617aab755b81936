import { nodesFromTiles, tilePath, type Hash, type NodeReader, type Tile } from '#transparency';
import { fetchBytes } from './trust.js';

/** A proof about the tree of that size, from the tiles that it asks for, fetched one after the other. @throws Unreadable */
export async function proofFromTiles(
  size: number,
  base: string,
  prove: (nodes: NodeReader) => readonly Hash[],
): Promise<readonly Hash[]> {
  const tiles = new Map<string, Uint8Array>();
  for (;;) {
    let missing: Tile | undefined;
    const nodes = nodesFromTiles(size, (tile) => {
      const known = tiles.get(tilePath(tile));
      if (known === undefined) missing = tile;
      return known ?? new Uint8Array(tile.width * 32);
    });
    const proof = prove(nodes);
    if (missing === undefined) return proof;
    tiles.set(tilePath(missing), await fetchBytes(`${base}/${tilePath(missing)}`));
  }
}
