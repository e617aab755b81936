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
