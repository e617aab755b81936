import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectProblem } from '../expect-problem.js';
import { World } from '../harness.js';
import { ask, cellsInWords, factsOf, played } from './answers.js';
import { agreed, CHILD, MOTHER, PARENTS, refused, told, type Case } from './cases.js';
import { stage } from './stage.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

describe('case 3: a worry about a child, parents not told', () => {
  const worry: Case = {
    person: { birthDate: '2021-11-12' },
    voices: PARENTS,
    from: { at: 'PMI', is: ['nurse', 'pmi-mission'], bound: ['health-profession', 'pmi-mission'] },
    to: { CRIP: { at: 'CRIP', is: ['crip'], bound: ['ase-mission'] } },
    items: {
      bruises: { category: 'child-danger' },
      'the father’s threats': { category: 'family' },
      address: { category: 'identity-contact' },
    },
    on: '2026-02-03',
    purpose: 'child-danger-alert',
    provision: 'casf-l226-2-1',
    request: {
      frame: 'transmission',
      exception: {
        kind: 'contrary-to-interest',
        reason: 'Représailles à craindre sur l’enfant.',
        reviewBy: '2026-03-03',
      },
    },
  };

  test('goes out, with the written reason', async () => {
    const answered = await played(world, worry);
    const sent = 'P4 DOC, P8 DOC: ALLOW-WITH-DUTIES';
    expect(cellsInWords(answered)).toEqual({ bruises: sent, 'the father’s threats': sent, address: sent });
    const assessed = (await factsOf(answered.staged)).find(({ type }) => type === 'DisclosureAssessed');
    expect(assessed!.data['declared']).toMatchObject({ exception: { kind: 'contrary-to-interest' } });
    expect(answered.assessment.duties.map(({ kind }) => kind)).toContain('inform-person');
  });

  test('the reason is nowhere in what the recipient’s receipt or the person’s view is made of', async () => {
    const { staged } = await played(world, worry);
    const seen = await world.client.as(staged.person.by).get(`${staged.person.path}/timeline`, {
      after: world.client.position,
    });
    expect(seen.status).toBe(200);
    expect(seen.text).toContain('DisclosureRecorded');
    expect(seen.text).not.toContain('Représailles');
  });
});

describe('case 6: the school asks', () => {
  const why: Case = {
    person: { birthDate: '2017-03-04' },
    voices: MOTHER,
    from: { at: 'département', is: ['social-worker'], bound: ['social-work-profession'] },
    to: {
      'M. Blanc': {
        at: 'school',
        is: ['school-staff'],
        bound: ['public-agent-status'],
        serves: ['schooling-support'],
      },
    },
    items: { 'reason of absence': { category: 'schooling' } },
    on: '2026-09-22',
    purpose: 'schooling-support',
  };

  test('is refused: the parents tell the school themselves', async () => {
    const answered = await played(world, why);
    expect(cellsInWords(answered)).toEqual({
      'reason of absence': 'P3 BLOCK, P4 BLOCK, P5 BLOCK, P6 ESC, P7 NA, P8 BLOCK: DENY',
    });
    const { points, otherWays } = answered.assessment;
    expect(points[2]).toMatchObject({ rule: 'p3-none-on-purpose' });
    expect(otherWays[0]).toMatchObject({ way: 'hand-to-person' });
  });

  test('the parents’ agreement alone does not lift the secret', async () => {
    const by = { by: 'mother' };
    const words = [told('2026-09-21', by), agreed('2026-09-21', by)];
    expect(cellsInWords(await played(world, { ...why, words }))).toEqual({
      'reason of absence': 'P3 BLOCK, P5 BLOCK, P6 ESC, P7 NA: DENY',
    });
  });
});

describe('case 5: the mayor asks for names', () => {
  const names: Case = {
    person: CHILD,
    from: { at: 'club', is: ['educator', 'clspd-group-member'], bound: ['ase-mission'], sits: 'CLSPD' },
    to: { mayor: { at: 'town hall', is: ['mayor', 'clspd-group-member'], sits: 'CLSPD' } },
    items: { name: { category: 'identity-contact' } },
    on: '2026-06-11',
    purpose: 'delinquency-prevention',
    provision: 'csi-l132-5-clspd',
  };

  test.each([1, 2, 3, 4, 5])('youth %i: is refused, and ways that name nobody are offered', async (nth) => {
    const youth = { birthDate: `200${nth}-06-01` };
    const answered = await played(world, { ...names, person: youth });
    expect(cellsInWords(answered)).toEqual({
      name: 'P3 BLOCK, P4 WARN, P7 BLOCK, P8 WARN: DENY',
    });
    const { otherWays } = answered.assessment;
    const ways = otherWays.map(({ way }) => way);
    expect(ways).toEqual(expect.arrayContaining(['anonymous-facts', 'alert-if-danger']));
  });

  test('a youth still under age comes out no milder', async () => {
    const answered = await played(world, { ...names, voices: MOTHER });
    expect(cellsInWords(answered)).toEqual({ name: 'P3 BLOCK, P4 WARN, P7 BLOCK, P8 WARN: DENY' });
  });
});

describe('case 8: curator versus protected adult', () => {
  const asked: Case = {
    person: { birthDate: '1974-01-15' },
    voices: {
      'M. Lenoir': {
        kind: 'assistance',
        domain: 'property',
        instrument: 'jugement du 2 octobre 2024',
        verified: true,
        validFrom: '2024-10-02',
      },
    },
    able: true,
    from: { at: 'SAVS', is: ['educator', 'esms-staff'], bound: ['care-participation'], care: true },
    to: { landlord: { outsider: { kind: 'landlord' } } },
    items: { 'psychiatric follow-up': { category: 'health-data', unjustified: true } },
    words: [
      refused('2026-02-05'),
      told('2026-02-06', { by: 'M. Lenoir' }),
      agreed('2026-02-06', { by: 'M. Lenoir' }),
    ],
    on: '2026-02-10',
    purpose: 'social-follow-up',
    provision: 'csp-l1110-4-iii-outside-team',
  };
  const EVERYWHERE = 'P4 BLOCK, P5 BLOCK, P6 BLOCK, P7 BLOCK, P8 BLOCK: DENY';

  test('the curator cannot consent for her', async () => {
    const answered = await played(world, asked);
    expect(cellsInWords(answered)).toEqual({ 'psychiatric follow-up': EVERYWHERE });
    const against = answered.assessment.points[3]!.also.find(({ rule }) => rule === 'p4-objected');
    expect(against!.facts).toEqual([{ kind: 'refusal', id: expect.any(String) }]);
  });

  test('nor without her refusal, whatever he signed', async () => {
    const words = asked.words!.slice(1);
    const answered = await played(world, { ...asked, words });
    expect(cellsInWords(answered)).toEqual({ 'psychiatric follow-up': EVERYWHERE });
  });
});

describe('telling the mother', () => {
  const KEPT = { category: 'health-data', more: { keptFromParents: true } };

  test('is information, but not of what is kept from her', async () => {
    const staged = await stage(world, {
      person: CHILD,
      voices: { mother: { ...MOTHER.mother, held: 'mother' } },
      from: { is: ['physician'], bound: ['health-profession'], care: true },
      to: { mother: { at: 'employer' } },
      items: { vaccination: { category: 'health-data' }, contraception: KEPT },
      on: '2026-03-02',
      purpose: 'care-coordination',
    });
    const { cells } = await ask(staged);
    expect(cells.map(({ disclosure, verdict }) => [disclosure, verdict])).toEqual([
      [false, 'allow'],
      [true, 'deny'],
    ]);
    const { vaccination, contraception } = staged.items;
    const to = { kind: 'representative', representative: staged.voices['mother'] };
    const tell = (items: readonly unknown[], whom: object) => {
      const scope = { items, recipients: [staged.to['mother']!.to], purposes: ['care-coordination'] };
      const path = `${staged.person.path}/informations`;
      return world.client.as(staged.from.by).post(path, { ...scope, ...whom, form: 'oral' });
    };
    expect((await tell([vaccination], { to })).status).toBe(201);
    expectProblem(await tell([vaccination, contraception], { to }), 422, 'contradiction', 'items[1]');
    expect((await tell([vaccination, contraception], {})).status).toBe(201);
  });
});
