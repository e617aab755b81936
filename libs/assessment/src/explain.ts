import type { Catalogue, Found, Provision, Text } from '#catalogue';
import { asCode } from '#decider';
import type { Consequence, Explanation, PointResult } from './assessment.js';
import type { Cell, FactRef } from './cell.js';
import type { JudgedPoint, PointNumber } from './points.js';
import { RULES } from './rules/rules.js';
import type { Weighed } from './safety.js';

/** Where neither the rule nor the cited provision says what follows. */
const BY_POINT: Readonly<Record<PointNumber, string>> = {
  1: 'cp-226-21',
  2: 'cc-9',
  3: 'cp-226-13',
  4: 'cp-226-18-1',
  5: 'cp-226-13',
  6: 'cp-226-13',
  7: 'gdpr-5',
  8: 'cp-226-22',
  9: 'cp-226-20',
};

export function explainPoint(judged: JudgedPoint, cell: Cell): PointResult {
  const [deciding, ...also] = judged.rulings.map((ruling) => explain(judged.point, ruling, cell));
  return { point: judged.point, ...deciding!, also };
}

function explain(point: PointNumber, { rule, state, facts, softened }: Weighed, cell: Cell): Explanation {
  const { sentence, toPass } = RULES[rule];
  const passes = state === 'ok' || state === 'not-applicable';
  return {
    rule,
    state,
    sentence,
    facts,
    toPass,
    consequences: passes ? [] : consequences(point, rule, cell),
    caution: cautionOn(cell.catalogue, facts),
    softened,
  };
}

function consequences(point: PointNumber, rule: Weighed['rule'], cell: Cell): readonly Consequence[] {
  const cited = cell.provision?.sanctionsIfMissed ?? [];
  const sanctions = RULES[rule].sanctions ?? (cited.length > 0 ? cited : [BY_POINT[point]]);
  return sanctions
    .map((id) => cell.catalogue.provision(asCode<'Provision'>(id)))
    .filter((p) => p !== undefined)
    .map(consequence);
}

function consequence({ id, citation, summary, reliability }: Found<Provision>): Consequence {
  return { provision: id, citation, summary, caution: reliability.caution };
}

function cautionOn(catalogue: Catalogue, facts: readonly FactRef[]): Text | null {
  const cited = facts.flatMap(({ kind, id }) => (kind === 'provision' && id !== undefined ? [id] : []));
  return (
    cited
      .map((id) => catalogue.provision(asCode<'Provision'>(id))?.reliability.caution)
      .find((caution) => caution) ?? null
  );
}

/** Provisions that rules name as sanctions, to be checked against a catalogue. */
export function unknownSanctions(catalogue: Catalogue): readonly string[] {
  const named = [...Object.values(RULES).flatMap((r) => r.sanctions ?? []), ...Object.values(BY_POINT)];
  return named.filter((id) => catalogue.provision(asCode<'Provision'>(id)) === undefined);
}
