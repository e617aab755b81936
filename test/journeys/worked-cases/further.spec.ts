import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { RULES, type State } from '#assessment';
import { loadCatalogue } from '#catalogue';
import { expectProblem } from '../expect-problem.js';
import { World, type Told } from '../harness.js';
import { ask, cellsInWords, factsOf, played, record, rulingsOf, type Answered } from './answers.js';
import { CHILD, told, type Case } from './cases.js';
import { CARE } from './further-care.js';
import { CHILDREN } from './further-children.js';
import { COMMISSIONS } from './further-commissions.js';
import { JUSTICE } from './further-justice.js';
import { REQUESTS } from './further-requests.js';
import { SERVICES } from './further-services.js';
import { REVISION, TEXTS } from './further-texts.js';
import { WORDS } from './further-words.js';
import { before, bruises, CRIP, family } from './parties.js';
import { stage } from './stage.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
  await world.client.tell('/v1/catalogue/revisions', REVISION);
});
afterAll(() => world.close());

const FURTHER = {
  ...CARE,
  ...CHILDREN,
  ...JUSTICE,
  ...SERVICES,
  ...REQUESTS,
  ...COMMISSIONS,
  ...TEXTS,
  ...WORDS,
};
const client = (by: string) => world.client.as(by);
const alert: Case = {
  person: CHILD,
  from: { is: ['educator'], bound: ['ase-mission'] },
  to: { CRIP },
  items: bruises,
  on: '2026-03-02',
  purpose: 'child-danger-alert',
  provision: 'casf-l226-2-1',
};
const answers: Pick<Answered, 'assessment'>[] = [];

describe('further cases', () => {
  test.each(Object.entries(FURTHER))('%s', async (_, stated) => {
    const answered = await played(world, stated);
    answers.push(answered);
    const cells = cellsInWords(answered);
    const [only, ...others] = Object.values(cells);
    expect(others.length === 0 ? only : cells).toEqual(stated.says);
    const rules = rulingsOf(answered.assessment.cells).map(({ rule }) => rule);
    expect(rules).toEqual(expect.arrayContaining([...(stated.because ?? [])]));
  });

  test('what was received on condition that it goes no further', async () => {
    const staged = await stage(world, {
      ...REQUESTS['confidential facts, on consent alone, to whom it names']!,
      to: { mediation: { at: 'mediation', serves: ['social-follow-up'] } },
    });
    const { mediation } = staged.to;
    const fund = await world.professional('FSL', {
      purposes: ['social-follow-up'],
      secrecy: [],
      categories: [],
    });
    const scope = {
      items: Object.values(staged.items),
      recipients: [fund.to],
      purposes: ['social-follow-up'],
    };
    const day = { effectiveAt: '2026-03-02' };
    const client = world.client.as(mediation!.by);
    const passOn = { ...staged, from: mediation!, act: { ...staged.act, recipients: [fund.to] } };

    const first: Told = await record(staged, { onward: [] });
    expect(first.status).toBe(201);
    const { information } = await client.tell(`${staged.person.path}/informations`, {
      ...scope,
      ...day,
      form: 'oral',
    });
    const agreement = { ...scope, ...day, information, validUntil: '2026-12-31', means: 'written' };
    await client.tell(`${staged.person.path}/consents`, agreement);
    const assessment = await ask(passOn);
    answers.push({ assessment });
    expect(assessment.points[7]).toMatchObject({ state: 'block', rule: 'p8-onward-barred' });
    expect((await record(passOn)).body['reasons']).toMatchObject([{ rule: 'p8-onward-barred' }]);
  });

  test('an alert goes out although the mandate of whoever gives it has ended', async () => {
    const staged = await stage(world, alert);
    const { institution, mandate } = staged.from;
    await world.client.tell(`/v1/institutions/${institution}/mandates/${mandate}/end`, { until: before });
    const asSystem = { ...staged, from: { ...staged.from, by: 'client:journey' } };
    const named = { discloser: mandate };
    const assessment = await ask(asSystem, named);
    answers.push({ assessment });
    expect(assessment.verdict).toBe('allow-with-duties');
    const softened = { state: 'warn', rule: 'p5-discloser-not-in-force', softened: true };
    expect(assessment.points[4]).toMatchObject(softened);
    expect((await record(asSystem, named)).status).toBe(201);
    const types = (await factsOf(staged)).map(({ type }) => type);
    expect(types.slice(-2)).toEqual(['DisclosureRecorded', 'DisclosureAssessed']);

    const colleague = await world.professional('Collègue', { institution });
    const own = client(staged.from.by);
    const outOfOffice = async (told: Promise<Told>) => expectProblem(await told, 403, 'mandate-not-in-force');
    const end = await world.client.end();
    await outOfOffice(own.post(`${staged.person.path}/assessments`, staged.act));
    await outOfOffice(own.get(`${staged.person.path}/who-knows`, { reason: 'alert' }));
    await outOfOffice(record(staged, { provision: 'casf-l226-2-2', purpose: 'child-assessment' }));
    await outOfOffice(record(staged, { provision: undefined }));
    await outOfOffice(record(staged, { discloser: colleague.mandate }));
    const nobody = { ...staged.person, path: `/v1/persons/${mandate}` };
    await outOfOffice(record({ ...staged, person: nobody }));
    expect(await world.client.end()).toBe(end);
    const given = await record(staged, { channel: 'phone' });
    expect([given.status, given.body['verdict']]).toEqual([201, 'allow-with-duties']);
    const owed = given.body['duties'] as readonly { kind: string }[];
    expect(owed.map(({ kind }) => kind)).toContain('settle-after-alert');
  });

  test('a mandate that has not begun gives no alert', async () => {
    const staged = await stage(world, alert);
    const { institution } = staged.from;
    const soon = await world.professional('Bientôt', { institution, validFrom: '2026-04-01' });
    const told = await record({ ...staged, from: { ...staged.from, by: soon.by } });
    expectProblem(told, 403, 'mandate-not-in-force');
  });
});

/** What no request over HTTP can meet, and why. */
const OUT_OF_REACH: Readonly<Record<string, string>> = {
  'p1-purpose-missing': 'a request without a purpose of the catalogue is not understood: 400 or 422 before',
  'c1-report-incomplete': 'a report that lacks one of its parts is not understood: 400 before',
};

/** Every state that a point can come to; what else it came to would be new. */
const STATES: Readonly<Record<number, readonly State[]>> = {
  1: ['not-applicable', 'ok', 'document', 'warn', 'block'],
  2: ['not-applicable', 'ok', 'warn', 'block'],
  3: ['not-applicable', 'ok', 'warn', 'block', 'escalate'],
  4: ['not-applicable', 'ok', 'document', 'warn', 'block', 'escalate'],
  // A debated standing would escalate: the only texts that ask for it are alerts, where it warns.
  5: ['not-applicable', 'ok', 'warn', 'block'],
  6: ['not-applicable', 'ok', 'warn', 'block', 'escalate'],
  7: ['not-applicable', 'ok', 'warn', 'block'],
  8: ['not-applicable', 'ok', 'document', 'warn', 'block', 'escalate'],
  9: ['not-applicable', 'document', 'warn', 'block'],
};

describe('the further cases together', () => {
  const cells = () => answers.flatMap(({ assessment }) => assessment.cells);

  test('meet every rule that HTTP can reach, and say which it cannot', () => {
    const met = new Set<string>(rulingsOf(cells()).map(({ rule }) => rule));
    const missed = Object.keys(RULES).filter((rule) => !met.has(rule));
    expect(missed.toSorted()).toEqual(Object.keys(OUT_OF_REACH).toSorted());
  });

  test('cite every provision that authorises, obliges or permits', () => {
    const cited = new Set(Object.values(FURTHER).map(({ provision }) => provision));
    const bases = loadCatalogue().content.sections.provisions.filter(({ role }) =>
      ['authorises', 'obliges', 'permits'].includes(role),
    );
    expect(bases.length).toBeGreaterThan(40);
    expect(bases.map(({ id }) => id).filter((id) => !cited.has(id))).toEqual([]);
  });

  test('bring every point to each of its states, and to no other', () => {
    const points = cells().flatMap((cell) => cell.points);
    for (const [point, states] of Object.entries(STATES)) {
      const met = new Set(points.filter((p) => p.point === Number(point)).map(({ state }) => state));
      expect([point, [...met].toSorted()]).toEqual([point, states.toSorted()]);
    }
  });
});

describe('what no request can ask', () => {
  const staged = () =>
    stage(world, {
      from: { at: 'association' },
      to: { agent: { serves: ['social-follow-up'] } },
      items: family,
      words: [told(before)],
      on: '2026-03-02',
      purpose: 'social-follow-up',
    });
  const asked = async (changes: object) => {
    const { person, from, act } = await staged();
    return world.client.as(from.by).post(`${person.path}/assessments`, { ...act, ...changes });
  };

  test('without a purpose', async () => {
    expectProblem(await asked({ purpose: undefined }), 400, 'invalid-request', 'purpose');
    expectProblem(await asked({ purpose: 'curiosity' }), 422, 'unknown-code', 'purpose');
  });
});
