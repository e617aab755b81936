import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { applyRevision, loadCatalogue, type Catalogue, type ChangedEntry, type Provision } from '#catalogue';
import { judgeCells } from '../../src/assess.js';
import { actOf } from '../../src/cells.js';
import { verdictOfAll, type Judged } from '../../src/fold.js';
import { RULES } from '../../src/rules/rules.js';
import type { Drawn } from './drawn.js';
import { situations } from './generate.js';
import { readCell } from './reading.js';
import type { Mark } from './sheet.js';

const shipped = loadCatalogue();

/** What no shipped provision has: low confidence, dates, and rules not yet used together. */
function stranger(): Catalogue {
  const changes: Readonly<Record<string, Partial<Provision>>> = {
    'csp-l1110-4-ii-exchange': { confidence: 'low' },
    'cp-226-14-1': { confidence: 'low' },
    'casf-l226-2-1': { inForce: { until: '2026-02-28' } },
    'casf-l226-2-2': { inForce: { from: '2026-03-01' } },
    'casf-l241-10-outside': { inForce: { from: '2026-03-02' } },
    'casf-l121-6-2-sharing': { consent: 'objection-possible', personInformation: 'not-applicable' },
    'casf-l241-10-cdaph': { duration: { code: 'session-only' }, consent: 'not-applicable' },
    'casf-l345-2-10-siao': {
      information: { ...shipped.provisionsFor({})[0]!.information, maxLevel: 'personal' },
    },
  };
  const changed = shipped.content.sections.provisions
    .filter((p) => changes[p.id])
    .map((p) => ({ section: 'provisions', entry: { ...p, ...changes[p.id] } }) as ChangedEntry);
  const { title, validFrom } = shipped.content.version;
  const result = applyRevision(shipped, { version: 'strange', validFrom, title, changed });
  if (result.kind === 'rejected') throw new Error(result.problems[0]!.message);
  return result.catalogue;
}

const MARKS: Readonly<Record<string, Mark>> = {
  'not-applicable': 'NA',
  ok: 'OK',
  document: 'DOC',
  warn: 'WARN',
  escalate: 'ESC',
  block: 'BLOCK',
};

function engine({ cell, disclosure, judged }: Judged): string {
  const marks = judged.points.map((p) => MARKS[p.state]);
  if (disclosure) return `${cell.item.item} ${marks.join(' ')}`;
  const others = marks.filter((mark) => mark !== 'NA').join(' ');
  return `${cell.item.item} information${others && ` without mandate: ${others}`}`;
}

function read({ facts, request }: Drawn, catalogue: Catalogue, { cell }: Judged): string {
  const marks = readCell(facts, catalogue, request, cell.asked, cell.item, cell.recipient);
  return `${cell.item.item} ${Array.isArray(marks) ? marks.join(' ') : marks}`;
}

/** "any BLOCK → DENY; else any ESC → ESCALATE; else any WARN or DOC → ALLOW-WITH-DUTIES; else ALLOW" */
function verdict(lines: readonly string[]): string {
  const all = lines.join(' ');
  if (all.includes('BLOCK')) return 'deny';
  if (all.includes('ESC')) return 'escalate';
  return /WARN|DOC/.test(all) ? 'allow-with-duties' : 'allow';
}

const spoken = new Set<string>();

describe('the engine and a slow, separate reading of the legal page', () => {
  it.each([
    ['the catalogue that ships', shipped, 9_000],
    ['one with rarer rules', stranger(), 3_000],
  ])(
    'agree on every state and verdict, with %s',
    (_, catalogue, numRuns) => {
      const seen = new Map<string, number>();
      fc.assert(
        fc.property(situations(catalogue), (drawn) => {
          const cells = judgeCells(actOf(drawn.facts, catalogue, drawn.request));
          const lines = cells.map((cell) => read(drawn, catalogue, cell));
          expect(cells.map(engine)).toEqual(lines);
          expect(verdictOfAll(cells)).toBe(verdict(lines));
          for (const { judged } of cells)
            for (const { rulings } of judged.points) for (const r of rulings) spoken.add(r.rule);
          for (const line of lines) seen.set(verdict([line]), (seen.get(verdict([line])) ?? 0) + 1);
        }),
        { numRuns, seed: 20260301 },
      );
      // Random situations mostly break something; enough of them must not, or agreement would mean little.
      for (const kind of ['deny', 'escalate', 'allow-with-duties'])
        expect(seen.get(kind)).toBeGreaterThan(50);
    },
    120_000,
  );

  it('met every rule, so every rule was compared', () => {
    expect(Object.keys(RULES).filter((rule) => !spoken.has(rule))).toEqual([]);
  });
});
