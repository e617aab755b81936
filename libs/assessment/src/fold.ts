import type { CellName, Removal, States } from './assessment.js';
import type { Cell } from './cell.js';
import { POINTS, type JudgedCell, type PointNumber } from './points.js';
import { partyKey } from './scope.js';
import { verdictOf, worst, type Verdict } from './verdict.js';

/** A cell with its judgement, before it is put into words. */
export interface Judged {
  readonly cell: Cell;
  readonly disclosure: boolean;
  readonly judged: JudgedCell;
}

export function verdictOfAll(cells: readonly Judged[]): Verdict {
  return verdictOf(cells.flatMap(({ judged }) => judged.points.map((p) => p.state)));
}

export function statesOf(cells: readonly Judged[]): States {
  const states = POINTS.map((point) => [
    point,
    worst(cells.map(({ judged }) => judged.points[point - 1]!.state)),
  ]);
  return Object.fromEntries(states) as States;
}

/** Which cell came out worst on a point, the first of them; -1 where there is none. */
export function worstCell(cells: readonly Judged[], point: PointNumber): number {
  const states = cells.map(({ judged }) => judged.points[point - 1]!.state);
  return states.indexOf(worst(states));
}

/** Cells grouped by what they share, in the order in which it first appears. */
export function groups(
  cells: readonly Judged[],
  key: (cell: Cell) => string,
): readonly (readonly Judged[])[] {
  const found = new Map<string, Judged[]>();
  for (const judged of cells) {
    const group = found.get(key(judged.cell));
    if (group) group.push(judged);
    else found.set(key(judged.cell), [judged]);
  }
  return [...found.values()];
}

export const itemKey = ({ item }: Cell): string => item.item;
export const recipientKey = ({ recipient }: Cell): string => partyKey(recipient.party);

/**
 * Ways to take out what is denied, the fewest cells first: just those cells, or the whole items or recipients they
 * belong to. A cell's judgement depends on no other cell, so the rest keeps its own.
 */
export function removalsFrom(cells: readonly Judged[]): readonly Removal[] {
  const denied = cells.filter((cell) => verdictOfAll([cell]) === 'deny');
  if (denied.length === 0) return [];
  const wider = (key: (cell: Cell) => string) => {
    const keys = new Set(denied.map(({ cell }) => key(cell)));
    return cells.filter(({ cell }) => keys.has(key(cell)));
  };
  const ways = [
    { take: 'items', out: wider(itemKey) },
    { take: 'recipients', out: wider(recipientKey) },
    { take: 'cells', out: denied },
  ] as const;
  return ways
    .filter(({ take, out }) => out.length < cells.length && (take !== 'cells' || isNewWay(out, ways)))
    .map(({ take, out }): Removal => ({
      take,
      cells: out.map(nameOf),
      verdict: verdictOfAll(cells.filter((cell) => !out.includes(cell))),
    }))
    .sort((a, b) => a.cells.length - b.cells.length);
}

/** Where the denied cells are whole items or whole recipients, saying so is plainer than naming cells. */
function isNewWay(
  out: readonly Judged[],
  ways: readonly { take: string; out: readonly Judged[] }[],
): boolean {
  return ways.every((way) => way.take === 'cells' || way.out.length > out.length);
}

function nameOf({ cell }: Judged): CellName {
  return { item: cell.item.item, recipient: cell.recipient.party };
}
