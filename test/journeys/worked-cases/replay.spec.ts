import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadCatalogue } from '#catalogue';
import { World, type Body } from '../harness.js';
import { inWords, record } from './answers.js';
import { judgedAgain, type JudgedAgain } from './again.js';
import { open, told, type Case, type Staged } from './cases.js';
import { before, EDUCATOR, health, MDPH, on, SOCIAL_WORKER } from './parties.js';
import { stage } from './stage.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

/** Between members of the team: the commission says who sits there. */
const meeting: Case = {
  from: { ...MDPH, sits: 'MDPH-EP' },
  to: { colleague: { ...MDPH, sits: 'MDPH-EP' } },
  items: { limits: { category: 'functional-impact' } },
  words: [told(before)],
  on,
  purpose: 'disability-assessment',
  provision: 'casf-l241-10-team',
};
/** To a function, by consent: what it is, its institution says. */
const available: Case = {
  from: { ...EDUCATOR, at: 'SAVS', care: true },
  to: {
    helpers: {
      at: 'association X',
      is: ['esms-staff'],
      bound: ['care-participation'],
      care: true,
      function: { name: 'Équipe', accessLog: true },
    },
  },
  items: health,
  words: open(before),
  on,
  purpose: 'social-follow-up',
  provision: 'csp-l1110-4-iii-outside-team',
  request: { frame: 'made-available', channel: 'shared-record' },
};

/** By an adviser who learnt it as a social worker elsewhere, which makes it secret. */
const coordinated: Case = {
  from: { at: 'association', is: ['social-action-professional'], also: { ...SOCIAL_WORKER, at: 'CCAS' } },
  to: { colleague: { ...SOCIAL_WORKER, serves: ['social-action-coordination'] } },
  items: { housing: { category: 'housing' } },
  words: [told(before)],
  on,
  purpose: 'social-action-coordination',
  provision: 'casf-l121-6-2-sharing',
};

const provision = (id: string, changes: Body) => {
  const entry = loadCatalogue().content.sections.provisions.find((one) => one.id === id);
  return { section: 'provisions', entry: { ...entry, ...changes } };
};
const REVISION = {
  version: '2026-2',
  validFrom: '2026-04-02',
  title: { fr: 'Textes revus', en: 'Texts read again' },
  changed: [
    provision('casf-l241-10-team', { confidence: 'low' }),
    provision('csp-l1110-4-iii-outside-team', { consent: 'objection-possible' }),
  ],
};

/** Much that these acts relied on changes. */
async function everythingChanges(team: Staged, shared: Staged): Promise<void> {
  const { client } = world;
  await world.on('2026-04-01');
  await client.tell('/v1/catalogue/revisions', REVISION);
  await world.on('2026-04-02');
  const { institution, mandate } = team.to['colleague']!;
  await client.tell(`/v1/institutions/${institution}/mandates/${mandate}/end`, { until: '2026-03-31' });
  await client.tell(`/v1/institutions/${shared.to['helpers']!.institution}/revisions`, { functions: [] });
  for (const { person, from } of [team, shared])
    await client.as(from.by).tell(`${person.path}/objections`, { means: 'oral', effectiveAt: '2026-04-02' });
}

describe('an act that was recorded', () => {
  test('is judged again, from what it cites and the catalogue it used, to the same points', async () => {
    const team = await stage(world, meeting);
    const shared = await stage(world, available);
    const byAdviser = await stage(world, coordinated);
    const all = [team, shared, byAdviser];
    for (const staged of all) expect((await record(staged)).status).toBe(201);
    await everythingChanges(team, shared);
    expect((await world.client.get('/v1/catalogue')).body['version']).toBe(REVISION.version);

    await world.stop();
    const acts: JudgedAgain[] = [];
    for (const { person } of all) acts.push(...(await judgedAgain(world.dataDir, person.id)));
    await world.start();

    expect(acts.map(({ again }) => inWords(again))).toEqual([
      'P4 DOC: ALLOW-WITH-DUTIES',
      'ALLOW-WITH-DUTIES',
      'P4 DOC, P8 WARN: ALLOW-WITH-DUTIES',
    ]);
    for (const { kept, again } of acts) {
      const points = again.points.map(({ point, state, rule, also, facts }) => ({
        point,
        state,
        rule,
        also: also.map((other) => other.rule),
        facts: [facts, ...also.map((other) => other.facts)].flat(),
      }));
      expect([again.verdict, points]).toEqual([kept.verdict, kept.points]);
      expect(again.used.catalogueDigest).toBe(kept.catalogueDigest);
      expect(again.used.catalogueVersion).not.toBe(REVISION.version);
      expect(again.duties.map(({ kind, deadline }) => ({ kind, deadline }))).toEqual(
        kept.duties.map(({ kind, deadline }) => ({ kind, deadline })),
      );
    }
  });
});
