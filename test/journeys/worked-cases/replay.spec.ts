import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadCatalogue } from '#catalogue';
import { expectProblem } from '../expect-problem.js';
import { World, type Body } from '../harness.js';
import { ask, inWords, record, replayed } from './answers.js';
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
    const done = await Promise.all(all.map((staged) => record(staged)));
    expect(done.map(({ status }) => status)).toEqual([201, 201, 201]);
    await everythingChanges(team, shared);
    expect((await world.client.get('/v1/catalogue')).body['version']).toBe(REVISION.version);

    const acts = await Promise.all(all.map((staged, i) => replayed(staged, done[i]!.body['disclosure'])));
    expect(acts.map(({ again }) => inWords(again))).toEqual([
      'P4 DOC: ALLOW-WITH-DUTIES',
      'ALLOW-WITH-DUTIES',
      'P4 DOC, P8 WARN: ALLOW-WITH-DUTIES',
    ]);
    for (const { recorded, again, agrees, differences } of acts) {
      expect([agrees, differences, recorded.verdict]).toEqual([true, [], again.verdict]);
      expect(again.used.catalogueVersion).toBe(recorded.catalogueVersion);
      expect(again.used.catalogueVersion).not.toBe(REVISION.version);
    }
    expect((await ask(team)).verdict).toBe('deny');
  });

  test('whatever was corrected since, is judged as it was meant then', async () => {
    const staged = await stage(world, coordinated);
    const done = await record(staged);
    const { path } = staged.person;
    const correction = { changes: { purpose: 'social-follow-up' }, reason: 'Erreur de saisie' };
    const corrections = `${path}/disclosures/${String(done.body['disclosure'])}/corrections`;
    await world.client.as(staged.from.by).tell(corrections, correction);
    expect(await replayed(staged, done.body['disclosure'])).toMatchObject({
      agrees: true,
      recorded: { verdict: 'allow-with-duties' },
    });
  });

  test('is shown to the discloser’s side alone, which says why it asks', async () => {
    const staged = await stage(world, coordinated);
    const { person, from, to } = staged;
    const done = await record(staged);
    const path = `${person.path}/disclosures/${String(done.body['disclosure'])}/assessment`;
    const as = (by: string) => world.client.as(by);
    expect((await as(from.by).get(path)).status).toBe(200);
    expectProblem(await as(to['colleague']!.by).get(path), 404, 'not-found');
    expectProblem(await as(person.by).get(path), 403, 'not-permitted');
    expectProblem(await as(from.by).get(path, { reason: '' }), 400, 'invalid-request', 'reason');
    const nobody = person.path.replace(person.id, from.mandate);
    for (const absent of [
      path.replace(person.path, nobody),
      `${person.path}/disclosures/${from.mandate}/assessment`,
    ])
      expectProblem(await as(from.by).get(absent), 404, 'not-found');
    const looks = await as(person.by).rows<{ question: string; about: string }>(
      `${person.path}/consultations`,
    );
    expect(looks.filter(({ question }) => question === 'assessment')).toMatchObject([
      { about: done.body['disclosure'], by: { key: from.by } },
    ]);
  });
});
