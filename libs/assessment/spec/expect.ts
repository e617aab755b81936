import { expect } from '@jest/globals';
import { assess } from '../src/assess.js';
import type { Assessment, States } from '../src/assessment.js';
import type { State, Verdict } from '../src/verdict.js';
import { catalogue, situation, type Situation } from './given.js';

export function assessed(s: Situation): Assessment {
  const { facts, request } = situation(s);
  return assess(facts, catalogue, request);
}

export function states(all: readonly { readonly point: number; readonly state: State }[]): States {
  return Object.fromEntries(all.map(({ point, state }) => [point, state])) as unknown as States;
}

const IN_ORDER: States = {
  1: 'ok',
  2: 'ok',
  3: 'ok',
  4: 'ok',
  5: 'ok',
  6: 'ok',
  7: 'ok',
  8: 'ok',
  9: 'document',
};

/** Unlisted points are OK, point 9 is DOC (section f). */
export function expectItem(
  result: Assessment,
  name: string,
  listed: Partial<States>,
  verdict: Verdict,
): void {
  const cells = result.cells.filter((c) => c.item === name);
  expect(cells.map((c) => states(c.points))).toEqual(cells.map(() => ({ ...IN_ORDER, ...listed })));
  expect(cells.map((c) => c.verdict)).toEqual(cells.map(() => verdict));
  expect(cells.length).toBeGreaterThan(0);
}

/** The rules that spoke under a point of the first cell. */
export function rulesOf(result: Assessment, point: number): readonly string[] {
  const found = result.cells[0]!.points[point - 1]!;
  return [found.rule, ...found.also.map((a) => a.rule)];
}
