import { join } from 'node:path';
import { asCode } from '#decider';
import { KnowledgeProjector } from '#knowledge';
import type { PersonEvent } from '#person';
import { ReadModels } from '#read-store';
import { Box } from './box.js';
import { metric, type Metric } from './measure.js';
import { watched } from './served.js';
import { beginning, FIRST_DAY, holder, idOf, PERSON, PURPOSE, told } from './story.js';

const EVENTS = 100_000;
const ITEMS = 1_000;
const PAGE = 500;

/** One person of 100,000 events, of whom a server tells everything while it is asked other things. */
export async function longPersonBench(folder: string): Promise<readonly Metric[]> {
  const box = await Box.open(join(folder, 'long-person'));
  await box.write(PERSON, 0, beginning());
  const events = life();
  for (let n = 0; n < events.length; n += PAGE) await box.write(PERSON, n + 1, events.slice(n, n + PAGE));
  const { ledger, sealing, path } = box;
  const models = await ReadModels.open(path, ledger, sealing, () => new KnowledgeProjector(ledger));
  await models.close();
  await box.close();
  const seen = await watched(path, `/v1/persons/${PERSON}/timeline?format=ndjson&reason=care`);
  const against = `the timeline of one person, ${seen.rows} lines in ${Math.round(seen.tookMs)} ms`;
  return [
    metric(
      'person-memory',
      seen.mostMiB,
      'MiB resident',
      `${against}; before: ${seen.beforeMiB}`,
      '≤ 512',
      512,
    ),
    metric('person-meanwhile', seen.worstMs, 'ms, the slowest other answer', against, '', 1000),
  ];
}

/** A thousand items, about a hundred tellings of each. */
function life(): PersonEvent[] {
  return Array.from({ length: EVENTS }, (_, n) => {
    const item = idOf<'Item'>(n % ITEMS, 3);
    return n < ITEMS ? described(item) : passed(n, item);
  });
}

function described(item: ReturnType<typeof idOf<'Item'>>): PersonEvent {
  const holding = { holder: holder(0), purpose: PURPOSE, source: { kind: 'observation' as const } };
  const category = asCode<'Category'>('housing');
  const data = { item, category, label: 'x', secretBy: [], keptFromParents: false, holding };
  return { type: 'InformationDescribed', data, effectiveAt: FIRST_DAY };
}

function passed(n: number, item: ReturnType<typeof idOf<'Item'>>): PersonEvent {
  const turn = Math.floor(n / ITEMS);
  return told({ n, from: holder(turn % 20), to: holder((turn + 1) % 20), day: turn * 10, item });
}
