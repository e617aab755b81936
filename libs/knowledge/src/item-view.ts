import type { Act, ActivePerson, ItemId, PersonId } from '#person';
import type { Change, Row, Table } from '#read-store';
import { tellingOf, type Telling } from './tellings.js';
import { EDGE, edgeRow, ownVia } from './trail/trail.projection.js';
import { ItemWays } from './ways.js';
import { KNOWLEDGE, knowledgeBy, knowledgeRow } from './who-knows/who-knows.projection.js';

/** Rows of one table by the last column of its scope: an act or a holder. */
type Rows = Map<string, readonly Row[]>;
/** Rows of one scope, which differ from what they were. */
export type Scoped = Pick<Change, 'table' | 'scope' | 'rows'>;

/**
 * What the read models say about one item, and the ways it comes from. It tells which rows an event changes, so
 * that one more disclosure costs what hangs on it, not what is there.
 */
export class ItemView {
  private readonly edges: Rows = new Map();
  private readonly knowledge: Rows = new Map();

  private constructor(
    private readonly person: PersonId,
    private readonly item: ItemId,
    private readonly ways: ItemWays,
  ) {}

  /** As this state tells; empty where there is no person yet. */
  static of(person: ActivePerson, item: ItemId): ItemView {
    const view = new ItemView(person.identity.person, item, ItemWays.of(person, item));
    for (const holder of view.ways.holders) {
      view.knowledge.set(holder, view.knowledgeOf(person, holder));
      for (const way of view.ways.of(holder)) {
        const via = way.telling?.act.disclosure ?? ownVia(holder);
        view.edges.set(via, [...(view.edges.get(via) ?? []), edgeRow(view.person, item, way)]);
      }
    }
    return view;
  }

  /** An act recorded just now: the scopes whose rows it changes. */
  tell(person: ActivePerson, act: Act): readonly Scoped[] {
    const telling = tellingOf(person, this.item, act);
    if (!telling) return [];
    const { holders, own } = this.ways.add(telling);
    return [
      this.set(EDGE, act.disclosure, this.edgesOf(telling)),
      ...[...own].map((holder) => this.set(EDGE, ownVia(holder), this.ownEdges(holder))),
      ...this.attest(person, [...holders]),
    ];
  }

  /** What these holders know, said again. */
  attest(person: ActivePerson, holders: readonly string[]): readonly Scoped[] {
    return holders.map((holder) => this.set(KNOWLEDGE, holder, this.knowledgeOf(person, holder)));
  }

  /** The scopes in which this view differs from an earlier one. */
  since(earlier: ItemView): readonly Scoped[] {
    return [
      ...this.differing(EDGE, earlier.edges, this.edges),
      ...this.differing(KNOWLEDGE, earlier.knowledge, this.knowledge),
    ];
  }

  all(): readonly Scoped[] {
    const scoped = (table: Table, rows: Rows) => [...rows].map(([key, of]) => this.scoped(table, key, of));
    return [...scoped(EDGE, this.edges), ...scoped(KNOWLEDGE, this.knowledge)];
  }

  private set(table: Table, key: string, rows: readonly Row[]): Scoped {
    (table === EDGE ? this.edges : this.knowledge).set(key, rows);
    return this.scoped(table, key, rows);
  }

  private differing(table: Table, before: Rows, after: Rows): readonly Scoped[] {
    const keys = [...new Set([...before.keys(), ...after.keys()])];
    return keys
      .filter((key) => JSON.stringify(before.get(key)) !== JSON.stringify(after.get(key)))
      .map((key) => this.scoped(table, key, after.get(key) ?? []));
  }

  private scoped(table: Table, key: string, rows: readonly Row[]): Scoped {
    const scope = { person: this.person, item: this.item, [table.scope.at(-1)!]: key };
    return { table, scope, rows };
  }

  private knowledgeOf(person: ActivePerson, holder: string): readonly Row[] {
    const known = knowledgeBy(person, this.item, holder, this.ways.of(holder));
    return known.map((k) => knowledgeRow(this.person, k));
  }

  private edgesOf(telling: Telling): readonly Row[] {
    const receivers = [...new Set(telling.recipients.map(({ to }) => to))];
    return receivers
      .flatMap((to) => this.ways.of(to).filter((way) => way.telling === telling))
      .map((way) => edgeRow(this.person, this.item, way));
  }

  private ownEdges(holder: string): readonly Row[] {
    const own = this.ways.of(holder).filter((way) => !way.telling);
    return own.map((way) => edgeRow(this.person, this.item, way));
  }
}
