import type { Moment } from './moment.request.js';
import type { Reader } from './reader.query.js';

/** One act passing one item to one recipient, or a holding that starts a chain, as a date pair shows it. */
export interface EdgeView {
  readonly item: string;
  /** Null: the holder learnt it by themselves, see `source`. */
  readonly disclosure: string | null;
  readonly from: string | null;
  readonly to: string;
  readonly effectiveMs: number;
  readonly purpose: string | null;
  readonly basis: string | null;
  readonly restsOn: string | null;
  readonly frame: string | null;
  readonly channel: string | null;
  readonly untilMs: number | null;
  readonly reported: boolean;
  readonly source: string | null;
}

const COLUMNS = `item, disclosure, from_holder, to_holder, valid_from, purpose, basis, rests_on, frame, channel,
  until, reported, source`;

/** All passings about a person at one date pair; `item` narrows them to one item. */
export function edgesAt(reader: Reader, person: string, moment: Moment, item?: string): readonly EdgeView[] {
  const sql = `SELECT ${COLUMNS} FROM edge WHERE person = :person ${item ? 'AND item = :item' : ''}
    AND valid_from <= :valid AND recorded_from <= :known AND recorded_to > :known
    ORDER BY valid_from, disclosure, to_holder`;
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
  }));
}

/** For each holder of one item, the shortest chain of disclosures that leads there from an origin. */
export function shortestChains(edges: readonly EdgeView[]): ReadonlyMap<string, readonly string[]> {
  const outgoing = outgoingOf(edges);
  const chains = new Map(rootsOf(edges).map((root) => [root, [] as readonly string[]]));
  const queue = [...chains.keys()];
  for (let i = 0; i < queue.length; i++)
    for (const { to, disclosure } of outgoing.get(queue[i]!) ?? []) {
      if (disclosure === null || chains.has(to)) continue;
      chains.set(to, [...chains.get(queue[i]!)!, disclosure]);
      queue.push(to);
    }
  return chains;
}

/** Where chains begin: holders who learnt it by themselves, and disclosers of whom nobody knows how they did. */
export function rootsOf(edges: readonly EdgeView[]): readonly string[] {
  const receivers = new Set(edges.map((edge) => edge.to));
  const origins = edges.filter((edge) => edge.disclosure === null).map((edge) => edge.to);
  const unexplained = edges
    .filter((edge) => edge.disclosure !== null)
    .map(fromOf)
    .filter((node) => !receivers.has(node));
  return [...new Set([...origins, ...unexplained])];
}

export function outgoingOf(edges: readonly EdgeView[]): ReadonlyMap<string, readonly EdgeView[]> {
  const outgoing = new Map<string, EdgeView[]>();
  for (const edge of edges) {
    const from = fromOf(edge);
    const list = outgoing.get(from);
    if (list) list.push(edge);
    else outgoing.set(from, [edge]);
  }
  return outgoing;
}

/** An unknown discloser is somebody else in every act. */
export function fromOf(edge: EdgeView): string {
  return edge.from ?? `unknown-discloser:${edge.disclosure ?? edge.to}`;
}
