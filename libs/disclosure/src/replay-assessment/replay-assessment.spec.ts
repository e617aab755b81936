import { describe, expect, test } from '@jest/globals';
import { asCode } from '#decider';
import { applyRevision, loadCatalogue, type Catalogue } from '#catalogue';
import { personTesting, type DisclosureAssessed } from '#person';
import { civilDate } from '#time';
import type { IntendedFacts } from '../intended.js';
import { recordDisclosure, type RecordDisclosure } from '../record-disclosure/record-disclosure.js';
import { aMandate, henriToldOfIt, intendedFacts } from '../testing.js';
import { replayAssessment, type KeptAct } from './replay-assessment.js';

const { anIntention, NURSE } = personTesting;
const person = henriToldOfIt();

/** As data officers may publish it: what stands in a child's file goes at their majority. */
function keptUntilMajority(): Catalogue {
  const shipped = loadCatalogue();
  const { retention } = shipped.content.sections;
  const entry = { ...retention.find(({ code }) => code === 'ase-file')!, period: { months: 216 } };
  const { title, validFrom } = shipped.content.version;
  const changed = [{ section: 'retention', entry } as never];
  const revised = applyRevision(shipped, { version: 'x', validFrom, title, changed });
  if (revised.kind === 'rejected') throw new Error(revised.problems[0]!.message);
  return revised.catalogue;
}

function kept(changes: Partial<RecordDisclosure['act']> = {}, facts = intendedFacts()): KeptAct {
  const asked = anIntention();
  const command = { ...asked, act: { ...asked.act, ...changes } };
  const decided = recordDisclosure(person, command, facts);
  const [act, assessed] = decided.kind === 'accepted' ? decided.events : [];
  if (act?.type !== 'DisclosureRecorded' || assessed?.type !== 'DisclosureAssessed')
    throw new Error('refused');
  return { act: act.data, effectiveAt: act.effectiveAt!, kept: assessed.data };
}

const replayed = (recorded: KeptAct, facts: IntendedFacts = intendedFacts()) =>
  replayAssessment(person, recorded, facts).differences;

describe('an assessment that is computed again', () => {
  test('agrees with what was kept of it', () => {
    expect(replayed(kept())).toEqual([]);
  });

  test.each([
    ['was named', civilDate('2026-12-31')],
    ['was filled in', undefined],
  ])('agrees where the last day %s', (_, retainUntil) => {
    // A rule that counts from birth warns of a day that is named, not of the one that is filled in.
    const rule = { retentionRule: asCode<'Retention'>('ase-file') };
    const facts = { ...intendedFacts(), catalogue: keptUntilMajority() };
    const recorded = kept({ ...rule, ...(retainUntil ? { retainUntil } : {}) }, facts);
    expect(JSON.stringify(recorded.kept.points).includes('p9-beyond-rule')).toBe(!!retainUntil);
    expect(replayed(recorded, facts)).toEqual([]);
  });

  test('says which points, duties and verdict it would come to now, and which were kept', () => {
    const ended = aMandate(NURSE, { validUntil: civilDate('2026-01-01') });
    const differences = replayed(kept(), intendedFacts(ended));
    expect(differences.map(({ what, point }) => point ?? what)).toEqual(['verdict', 5, 9, 'duties']);
    expect(differences[1]).toMatchObject({
      recorded: { state: 'ok', rule: 'p5-ok' },
      again: { state: 'block', rule: 'p5-discloser-not-in-force' },
    });
  });

  test('names a point that was kept otherwise, or not at all', () => {
    const recorded = kept();
    const changed = (points: DisclosureAssessed['data']['points']) =>
      replayed({ ...recorded, kept: { ...recorded.kept, points } }).map(({ point }) => point);
    const { points } = recorded.kept;
    expect(changed(points.map((p) => (p.point === 4 ? { ...p, facts: [] } : p)))).toEqual([4]);
    expect(changed(points.slice(0, 8))).toEqual([9]);
  });

  test('says that another catalogue was used', () => {
    const recorded = kept();
    const other = { ...recorded, kept: { ...recorded.kept, catalogueDigest: 'x' } };
    expect(replayed(other)).toMatchObject([{ what: 'catalogue', recorded: 'x' }]);
  });
});
