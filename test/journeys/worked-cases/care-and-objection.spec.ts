import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { statuses, World, type Query } from '../harness.js';
import { ask, cellsInWords, factsOf, inWords, played, record } from './answers.js';
import { objected, told, type Case } from './cases.js';
import { stage } from './stage.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

const inTheTeam: Case = {
  from: { at: 'SSIAD', is: ['nurse'], bound: ['health-profession'], care: true },
  to: { assistant: { at: 'SSIAD', is: ['esms-staff'], bound: ['care-participation'], care: true } },
  items: { 'fall risk': { category: 'health-data' } },
  words: [told('2026-01-05', { general: true })],
  on: '2026-01-09',
  purpose: 'care-coordination',
  provision: 'csp-l1110-4-iii-same-team',
  request: { frame: 'care-team' },
};

const toNoel: Case = {
  ...inTheTeam,
  to: { 'M. Noël': { at: 'CCAS', is: ['social-worker'], bound: ['social-work-profession'], care: true } },
  words: [told('2026-01-08')],
  provision: 'csp-l1110-4-ii-exchange',
  request: {},
};

describe('case 4: care team or not', () => {
  test('(a) inside the team the general notice is enough', async () => {
    const answered = await played(world, inTheTeam);
    expect(cellsInWords(answered)).toEqual({ 'fall risk': 'ALLOW-WITH-DUTIES' });
    const recorded = (await factsOf(answered.staged)).find(({ type }) => type === 'DisclosureRecorded');
    expect(recorded!.data).toMatchObject({ frame: 'care-team', basis: { restsOn: 'absence-of-objection' } });
  });

  test('(b) with a named professional outside, told of nature and recipient', async () => {
    const { staged, assessment } = await played(world, toNoel);
    expect(cellsInWords({ staged, assessment })).toEqual({ 'fall risk': 'P8 DOC: ALLOW-WITH-DUTIES' });
    expect(assessment.points[3]).toMatchObject({ rule: 'p4-no-objection' });
  });

  test('(c) making it available to a category needs consent', async () => {
    const answered = await played(world, {
      ...inTheTeam,
      to: {
        'home helpers': {
          at: 'association X',
          is: ['esms-staff'],
          bound: ['care-participation'],
          care: true,
          function: { function: 'home-helpers', name: 'Équipe', accessLog: true },
        },
      },
      words: [],
      provision: 'csp-l1110-4-iii-outside-team',
      request: { frame: 'made-available', channel: 'shared-record' },
    });
    expect(cellsInWords(answered)).toEqual({ 'fall risk': 'P4 BLOCK, P8 BLOCK: DENY' });
  });
});

describe('case 9: objection after sharing', () => {
  const OBJECTION = objected('2026-02-20', { institutions: ['CCAS'] });

  test('a new exchange is refused, and the January act keeps its verdict', async () => {
    const staged = await stage(world, toNoel);
    const { person, from } = staged;
    const january = await record(staged);
    const assessedThen = await factsOf(staged);
    expect(january.body).toMatchObject({ verdict: 'allow-with-duties' });
    expect(await statuses(world.client, person)).toContain('Dominique M. Noël: in-use');

    await world.on('2026-02-20');
    const recipients = [{ kind: 'institution', institution: staged.to['M. Noël']!.institution }];
    const { objection } = await world.client
      .as(from.by)
      .tell(`${person.path}/objections`, { recipients, means: 'oral', effectiveAt: '2026-02-20' });

    await world.on('2026-02-25');
    const again = { effectiveAt: '2026-02-25' };
    const asked = await ask(staged, again);
    expect(asked.cells.map(inWords)).toEqual(['P4 BLOCK, P8 BLOCK: DENY']);
    expect(asked.points[3]!.facts).toEqual([{ kind: 'objection', id: objection }]);
    const refused = await record(staged, again);
    expect(refused.body['reasons']).toMatchObject([{ rule: 'p4-objected' }, { rule: 'p8-objected' }]);

    const facts = await factsOf(staged);
    expect(facts.slice(0, assessedThen.length)).toEqual(assessedThen);
    const verdicts = facts
      .filter(({ type }) => type === 'DisclosureAssessed')
      .map(({ data }) => data['verdict']);
    expect(verdicts).toEqual(['allow-with-duties']);
  });

  test('M. Noël is to be notified, and the access request of 1 March answered by 1 April, naming him', async () => {
    const staged = await stage(world, { ...toNoel, on: '2026-01-09' });
    const { person, from } = staged;
    const noel = staged.to['M. Noël']!;
    await record(staged);
    await world.on('2026-02-20');
    const recipients = [{ kind: 'institution', institution: noel.institution }];
    const said = { recipients, means: 'oral', effectiveAt: '2026-02-20' };
    await world.client.as(from.by).tell(`${person.path}/objections`, said);
    interface Owed {
      readonly kind: string;
      readonly person: string;
      readonly state: string;
      readonly deadline: { readonly date: string } | null;
    }
    const owedBy = async (by: string, query: Query = {}) => {
      const rows = await world.client.as(by).rows<Owed>('/v1/duties', query);
      const own = rows.filter((duty) => duty.person === person.id);
      return own.map(({ kind, state, deadline }) => `${kind} ${state} ${deadline?.date}`);
    };
    let notices: readonly string[] = [];
    while (notices.length === 0)
      notices = (await owedBy(noel.by)).filter(
        (one) => one.includes('-notice ') || one.startsWith('purge-on'),
      );
    expect(notices).toEqual(['purge-on-notice open 2026-03-22']);

    await world.on('2026-03-01');
    const access = `${person.path}/access-requests`;
    const asked = { means: 'written', institution: from.institution };
    const { request, answerBy } = await world.client.as(person.by).tell(access, asked);
    expect(answerBy).toMatchObject({ date: '2026-04-01' });
    expect(await owedBy(from.by)).toContain('answer-access open 2026-04-01');
    await world.on('2026-04-02');
    expect(await owedBy(from.by)).toContain('answer-access overdue 2026-04-01');
    const answered = await world.client.as(from.by).tell(`${access}/${String(request)}/answer`, {});
    expect(answered['recipients']).toEqual([`institution:${noel.institution}`, noel.by].sort());
    expect(await owedBy(from.by, { state: 'done' })).toContain('answer-access done 2026-04-01');
    const timeline = await world.client.as(person.by).rows<{ type: string }>(`${person.path}/timeline`);
    expect(timeline.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['AccessRequested', 'AccessAnswered']),
    );
  });

  test('what the person objects to once told is refused from that very day, whoever asks first', async () => {
    const words = [...(toNoel.words ?? []), OBJECTION];
    const same = await played(world, { ...toNoel, words, on: '2026-02-20' });
    expect(cellsInWords(same)).toEqual({ 'fall risk': 'P4 BLOCK, P8 BLOCK: DENY' });
  });

  test('no date in the past brings back what was objected to since', async () => {
    const staged = await stage(world, {
      ...toNoel,
      words: [...(toNoel.words ?? []), OBJECTION],
      on: '2026-02-20',
    });
    const asked = await ask(staged, { effectiveAt: '2026-02-19' });
    expect(asked.cells.map(inWords)).toEqual(['P4 BLOCK, P8 BLOCK: DENY']);
  });

  test('inside her own service the nurse still tells the care assistant', async () => {
    const answered = await played(world, {
      ...inTheTeam,
      to: { ...inTheTeam.to, ...toNoel.to },
      words: [...(inTheTeam.words ?? []), told('2026-01-08'), OBJECTION],
      on: '2026-02-25',
      provision: 'csp-l1110-4-ii-exchange',
      request: {},
    });
    expect(cellsInWords(answered)).toEqual({
      'fall risk → assistant': 'ALLOW-WITH-DUTIES',
      'fall risk → M. Noël': 'P4 BLOCK, P8 BLOCK: DENY',
    });
    expect(answered.assessment.removals[0]).toMatchObject({
      take: 'recipients',
      verdict: 'allow-with-duties',
    });
  });
});
