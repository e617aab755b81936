import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectProblem } from './expect-problem.js';
import { World, type Body, type Query } from './harness.js';
import { record } from './worked-cases/answers.js';
import { PARENTS, type Case, type Staged } from './worked-cases/cases.js';
import { stage } from './worked-cases/stage.js';

interface Duty {
  readonly kind: string;
  readonly state: string;
  readonly recipient: string | null;
}

const REASON = 'Retrouvé inconscient ; personne à joindre.';
const exception = { kind: 'emergency', reason: REASON, reviewBy: '2026-02-10' };

/** Nobody could be told or asked: CSP L1110-4, outside of the care team. */
const unconscious: Case = {
  from: { at: 'SSIAD', is: ['nurse'], bound: ['health-profession'], care: true },
  to: { 'Mme Noël': { at: 'CCAS', is: ['social-worker'], bound: ['social-work-profession'] } },
  items: { fall: { category: 'functional-impact' } },
  on: '2026-02-03',
  purpose: 'care-coordination',
  provision: 'csp-l1110-4-iii-outside-team',
  request: { exception },
};

/** Case 3: the parents are not told, by reason of reprisals. */
const worry: Case = {
  person: { birthDate: '2021-11-12' },
  voices: PARENTS,
  from: { at: 'PMI', is: ['nurse', 'pmi-mission'], bound: ['health-profession', 'pmi-mission'] },
  to: { CRIP: { at: 'CRIP', is: ['crip'], bound: ['ase-mission'] } },
  items: { bruises: { category: 'child-danger' }, address: { category: 'identity-contact' } },
  on: '2026-02-03',
  purpose: 'child-danger-alert',
  provision: 'casf-l226-2-1',
  request: {
    frame: 'transmission',
    exception: { kind: 'contrary-to-interest', reason: REASON, reviewBy: '2026-02-10' },
  },
};

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

/** The same act, told afterwards by whoever disclosed. */
function reporting({ from, person, act }: Staged, changes: Body = {}) {
  const told = { ...act, discloser: from.to, source: 'cahier de transmissions', certainty: 'certain' };
  return world.client.as(from.by).tell(`${person.path}/disclosure-reports`, { ...told, ...changes });
}

const rules = async ({ person }: Staged, query: Query = {}) =>
  (await world.client.rows<{ rule: string }>('/v1/findings', { person: person.id, ...query })).map(
    ({ rule }) => rule,
  );

async function duties({ from, to }: Staged, query: Query = {}): Promise<readonly string[]> {
  const houses = [from, ...Object.values(to)].map(({ institution }) => institution);
  const ask = (institution: string) =>
    world.client.rows<Duty>('/v1/duties', { institution, limit: 100, ...query });
  const found = await Promise.all(houses.map(ask));
  return found
    .flat()
    .map(({ kind, state }) => `${kind} ${state}`)
    .toSorted();
}

const statuses = async ({ person, to }: Staged) =>
  (await world.client.rows<{ holder: { key: string }; status: string }>(`${person.path}/who-knows`))
    .filter(({ holder }) => Object.values(to).some(({ by }) => by === holder.key))
    .map(({ status }) => status);

/** What is found where nobody agreed and nobody was told, and nothing excuses it. */
const UNAGREED = ['border-not-agreed', 'no-valid-basis', 'outside-care-team', 'person-not-informed'];

describe.each([
  ['an emergency of care', unconscious, ['inform-person open', 'seek-consent open']],
  ['an alert about a child', worry, ['inform-person open']],
])('%s, in which nobody was told first', (_, told, left) => {
  let recorded: Staged;
  let reported: Staged;
  let answered: number;
  beforeAll(async () => {
    recorded = await stage(world, told);
    answered = (await record(recorded)).status;
    reported = await stage(world, told);
    await reporting(reported);
    await world.on('2026-02-04');
  });

  test('is recorded with its reason, with what it leaves to be done, and found nowhere', async () => {
    expect(answered).toBe(201);
    expect(await duties(recorded)).toEqual(expect.arrayContaining([...left, 'review-exception open']));
    expect(await duties(recorded, { validAt: '2026-02-11' })).toContain('review-exception overdue');
    expect(await rules(recorded)).toEqual([]);
    expect(new Set(await statuses(recorded))).toEqual(new Set(['in-use']));
  });

  test('is reported as well: it leaves the same to be done, and is found nowhere', async () => {
    expect(await duties(reported)).toEqual(await duties(recorded));
    expect(await duties(reported, { validAt: '2026-02-11' })).toEqual(
      await duties(recorded, { validAt: '2026-02-11' }),
    );
    expect(await rules(reported)).toEqual([]);
    expect(await statuses(reported)).toEqual(await statuses(recorded));
  });

  test('tells its reason to the side of whoever recorded it, not to the person or the recipient', async () => {
    for (const { person, from, to } of [recorded, reported]) {
      const seenBy = async (by: string) =>
        (await world.client.as(by).get(`${person.path}/timeline`, { after: world.client.position })).text;
      expect(await seenBy(from.by)).toContain(REASON);
      expect(await seenBy(person.by)).not.toContain(REASON);
      for (const { by } of Object.values(to)) expect(await seenBy(by)).not.toContain(REASON);
    }
  });

  test('is looked at again when its discloser says so', async () => {
    for (const { person, from, to } of [recorded, reported]) {
      const [row] = await world.client.rows<{ id: string }>('/v1/duties', { institution: from.institution });
      const path = `${person.path}/disclosures/${row!.id}/duties`;
      const other = Object.values(to)[0]!;
      const done = { kind: 'review-exception' };
      expectProblem(await world.client.as(other.by).post(path, done), 422, 'contradiction');
      await world.client.as(from.by).tell(path, done);
      await world.client.as(other.by).tell(path, { kind: 'acknowledge-receipt' });
    }
    expect((await duties(reported)).join()).not.toMatch(/review-exception|acknowledge-receipt/);
    expect(await duties(reported)).toEqual(await duties(recorded));
  });
});

describe('a report of an emergency without its reason', () => {
  let bare: Staged;
  let disclosure: string;
  beforeAll(async () => {
    bare = await stage(world, unconscious);
    const { reason: _, ...unsaid } = exception;
    disclosure = (await reporting(bare, { exception: unsaid }))['disclosure'] as string;
    await world.on('2026-02-04');
  });
  const path = () => `${bare.person.path}/disclosures/${disclosure}/corrections`;
  const corrected = (body: Body) =>
    world.client.as(bare.from.by).tell(path(), { reason: 'Retrouvé.', ...body });

  test('is found', async () => {
    expect((await rules(bare)).toSorted()).toEqual(UNAGREED);
    expect(await statuses(bare)).toEqual(['basis-withdrawn']);
  });

  test('is found no longer once the reason turns up, and again once it turns out to be another’s', async () => {
    await corrected({ changes: { exception } });
    expect(await rules(bare)).toEqual([]);
    expect(await statuses(bare)).toEqual(['in-use']);
    expect(await duties(bare)).toContain('review-exception open');
    const seen = await world.client.as(bare.person.by).get(`${bare.person.path}/timeline`, {
      after: world.client.position,
    });
    expect(seen.text).toContain('DisclosureCorrected');
    expect(seen.text).not.toContain(REASON);
    await corrected({ takenBack: ['exception'] });
    expect((await rules(bare)).toSorted()).toEqual(UNAGREED);
    expect(await duties(bare)).not.toContain('review-exception open');
  });

  test('is refused where it cannot be understood', async () => {
    const { from, person, act } = bare;
    const report = (changes: Body) =>
      world.client.as(from.by).post(`${person.path}/disclosure-reports`, {
        ...act,
        source: 'cahier',
        certainty: 'certain',
        ...changes,
      });
    const early = { exception: { ...exception, reviewBy: '2026-02-02' } };
    expectProblem(await report(early), 422, 'period-inverted');
    expectProblem(await report({ retentionRule: 'for-ever' }), 422, 'unknown-code');
    expectProblem(await report({ exception: { reason: REASON } }), 400, 'invalid-request');
    expectProblem(await report({ exception: { ...exception, urgent: true } }), 400, 'invalid-request');
  });
});
