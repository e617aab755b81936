import type { Assessment, CellResult, Explanation, PointNumber, State, Verdict } from '#assessment';
import type { Text } from '#catalogue';
import { holderKey, type ItemId, type Recipient } from '#person';

/** One thing that is not in order yet, once for all items and members that it concerns. */
export interface Gap {
  readonly rule: string;
  readonly point: PointNumber;
  readonly state: State;
  readonly sentence: Text;
  readonly toPass: Text;
  /** What to know of the provision it cites. */
  readonly caution: Text | null;
  readonly items: readonly ItemId[];
  /** `mandate:<id>` */
  readonly recipients: readonly string[];
}

/** Somebody who must not hear certain items, and why. */
export interface Barred {
  readonly recipient: string;
  readonly items: readonly ItemId[];
  readonly because: readonly Text[];
  readonly cautions: readonly Text[];
  readonly toPass: readonly Text[];
}

/** What one case still needs before its session. */
export interface Preparation {
  readonly verdict: Verdict;
  readonly missing: readonly Gap[];
  /** Of which items, and of whom as recipients, the person has yet to be told. */
  readonly toInform: { readonly items: readonly ItemId[]; readonly recipients: readonly string[] };
  readonly barred: readonly Barred[];
}

const GRAVITY: readonly State[] = ['block', 'escalate', 'warn', 'document'];
/** Rules by which the person, or whoever stands for them, has not been told. */
const UNTOLD: ReadonlySet<string> = new Set([
  'p4-not-informed',
  'p4-inform-soon',
  'p4-partly-informed',
  'c5-not-informed',
]);

interface Finding {
  readonly cell: CellResult;
  readonly point: PointNumber;
  readonly said: Explanation;
}

/** Reads an assessment as a to-do list: what is missing, whom to tell, whom it cannot be shared with. */
export function preparationOf({ verdict, cells }: Assessment): Preparation {
  const findings = cells.flatMap(findingsIn);
  const untold = findings.filter(({ said }) => UNTOLD.has(said.rule)).map(({ cell }) => cell);
  return {
    verdict,
    missing: gapsIn(findings),
    toInform: { items: itemsOf(untold), recipients: recipientsOf(untold) },
    barred: barredIn(cells),
  };
}

function findingsIn(cell: CellResult): readonly Finding[] {
  return cell.points.flatMap((point) =>
    [point, ...point.also].map((said) => ({ cell, point: point.point, said })),
  );
}

function gapsIn(findings: readonly Finding[]): readonly Gap[] {
  const open = findings.filter(({ said }) => said.toPass !== null && GRAVITY.includes(said.state));
  const byRule = grouped(open, ({ said }) => said.rule);
  return [...byRule.values()]
    .map((same): Gap => {
      const { point, said } = same[0]!;
      const { rule, state, sentence, toPass, caution } = said;
      const concerned = same.map(({ cell }) => cell);
      const [items, recipients] = [itemsOf(concerned), recipientsOf(concerned)];
      return { rule, point, state, sentence, toPass: toPass!, caution, items, recipients };
    })
    .toSorted((a, b) => GRAVITY.indexOf(a.state) - GRAVITY.indexOf(b.state) || a.point - b.point);
}

function barredIn(cells: readonly CellResult[]): readonly Barred[] {
  const denied = cells.filter(({ verdict }) => verdict === 'deny');
  const byRecipient = grouped(denied, keyOf);
  return [...byRecipient].map(([recipient, own]) => {
    const blocking = own.flatMap(findingsIn).filter(({ said }) => said.state === 'block');
    return {
      recipient,
      items: itemsOf(own),
      because: once(blocking.map(({ said }) => said.sentence)),
      cautions: once(blocking.flatMap(({ said }) => said.caution ?? [])),
      toPass: once(blocking.flatMap(({ said }) => said.toPass ?? [])),
    };
  });
}

function itemsOf(cells: readonly CellResult[]): readonly ItemId[] {
  return [...new Set(cells.map(({ item }) => item))];
}

function recipientsOf(cells: readonly CellResult[]): readonly string[] {
  return [...new Set(cells.map(keyOf))];
}

function keyOf({ recipient }: CellResult): string {
  return holderKey(recipient as Recipient);
}

function once(texts: readonly Text[]): readonly Text[] {
  return [...new Map(texts.map((text) => [text.fr, text])).values()];
}

function grouped<T>(all: readonly T[], key: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
  return groups;
}
