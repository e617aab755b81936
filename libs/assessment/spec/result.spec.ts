import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { civilDate } from '#time';
import { assess } from '../src/assess.js';
import { worst } from '../src/verdict.js';
import { assessed } from './expect.js';
import {
  catalogue,
  item,
  mandate,
  objected,
  on,
  professional,
  scopeOf,
  service,
  situation,
  stranger,
  told,
  type Situation,
} from './given.js';
import { situations } from './reading/generate.js';

const note = item('note', 'social-follow-up-notes');
const file = item('file', 'health-data');
const nurse = professional('nurse', { at: 'SSIAD', is: ['nurse'], bound: ['health-profession'], care: [] });
const landlord = stranger('landlord');
const two: Situation = {
  discloser: professional('educator', { at: 'SAVS', is: ['educator'], bound: ['ase-mission'] }),
  recipients: [nurse, landlord],
  items: [note, file],
  unjustified: [file.item],
  at: '2026-01-31',
  purpose: 'social-follow-up',
  provision: 'csp-l1110-4-ii-exchange',
  facts: {
    informations: [told('2026-01-15', scopeOf([note, file], [mandate('nurse')], 'social-follow-up'))],
  },
};

describe('the whole answer', () => {
  const result = assessed(two);

  it('folds cells per item, per recipient and whole', () => {
    expect(result.verdict).toBe('deny');
    expect(result.byItem.map((i) => i.verdict)).toEqual(['deny', 'deny']);
    expect(result.byRecipient.map((r) => r.verdict)).toEqual(['deny', 'deny']);
    expect(result.cells.map((c) => c.verdict)).toEqual(['allow-with-duties', 'deny', 'deny', 'deny']);
  });

  it('tells of each point what its worst cell says, the first of them', () => {
    for (const [i, point] of result.points.entries()) {
      const ofCells = result.cells.map(({ points }) => points[i]!);
      const state = worst(ofCells.map((one) => one.state));
      expect(point).toEqual(ofCells.find((one) => one.state === state));
    }
    expect(result.points.map(({ state }) => state)).toContain('block');
    expect(result.cells[0]!.points.map(({ state }) => state)).not.toContain('block');
  });

  it('takes out the fewest cells first, and says what the rest comes to', () => {
    expect(result.removals).toEqual([
      expect.objectContaining({ take: 'cells', verdict: 'allow-with-duties' }),
    ]);
    expect(result.removals[0]!.cells).toHaveLength(3);
    const justified = assessed({ ...two, unjustified: [] });
    expect(justified.removals.map((r) => [r.take, r.cells.length, r.verdict])).toEqual([
      ['recipients', 2, 'allow-with-duties'],
    ]);
  });

  it('orders the ways to take out one cell by how much they take', () => {
    const colleagues = ['nurse', 'aide', 'doctor'].map((name) => ({ ...nurse, party: mandate(name) }));
    const informations = [told('2026-01-15', scopeOf([note, file], [service('SSIAD')], 'social-follow-up'))];
    const against = [objected('2026-01-20', scopeOf([note], [mandate('nurse')]))];
    const grid = { ...two, recipients: colleagues, unjustified: [], facts: { informations, against } };
    expect(assessed(grid).removals.map((r) => [r.take, r.cells.length])).toEqual([
      ['cells', 1],
      ['recipients', 2],
      ['items', 3],
    ]);
  });

  it('takes the provision’s own deadline where it sets one', () => {
    const ase = { is: ['ase-mission'], bound: ['ase-mission'], serves: ['child-assessment'] };
    const { duties } = assessed({
      ...two,
      discloser: professional('CRIP', ase),
      recipients: [professional('ASE', ase)],
      unjustified: [],
      purpose: 'child-assessment',
      provision: 'casf-l226-3-crip-use',
      request: { exception: { kind: 'contrary-to-interest', reason: 'reprisals' } },
    });
    expect(duties.find((d) => d.kind === 'record-effect')?.deadline).toEqual(civilDate('2026-04-30'));
  });

  it('owes nothing for what is denied, each duty once for several items, with its deadline', () => {
    const { duties } = assessed({ ...two, unjustified: [] });
    expect(duties.every((d) => d.recipient.kind === 'mandate')).toBe(true);
    expect(duties.find((d) => d.kind === 'purge')).toMatchObject({
      debtor: mandate('nurse'),
      items: [note.item, file.item],
      deadline: civilDate('2028-01-31'),
      standing: false,
    });
    expect(duties.find((d) => d.kind === 'no-onward-sharing')).toMatchObject({ standing: true });
    expect(duties.find((d) => d.kind === 'record-effect')?.deadline).toEqual(civilDate('2026-07-31'));
    expect(duties.find((d) => d.kind === 'tell-secrecy')?.debtor).toEqual(mandate('educator'));
  });

  it('asks a named human to decide what escalates', () => {
    const teacher = professional('teacher', { is: ['nurse'], bound: ['public-agent-status'] });
    const escalated = assessed({
      ...two,
      recipients: [teacher],
      items: [note],
      unjustified: [],
      facts: {
        informations: [told('2026-01-15', scopeOf([note], [mandate('teacher')], 'social-follow-up'))],
      },
    });
    expect(escalated.verdict).toBe('escalate');
    expect(escalated.duties.find((d) => d.kind === 'decide-escalation')?.debtor).toMatchObject({
      kind: 'institution',
    });
  });

  it('explains each point: sentence, remedy, facts, consequence with its citation', () => {
    const p5 = result.cells[1]!.points[4]!;
    expect(p5).toMatchObject({ rule: 'p5-recipient-not-listed', toPass: { en: expect.any(String) } });
    expect(p5.consequences[0]).toMatchObject({ citation: 'Code pénal art. 226-13' });
    expect(result.cells[0]!.points[4]!.consequences).not.toEqual([]);
    expect(result.cells[0]!.points[5]).toMatchObject({ state: 'ok', consequences: [] });
    expect(result.cells[0]!.points[3]!.facts).toEqual([]);
    expect(result.cells[0]!.points[3]!.also[0]?.facts).toEqual([
      { kind: 'information', id: 'information 2026-01-15' },
    ]);
  });

  it('names the catalogue and the revision it rests on', () => {
    expect(result.used).toEqual({
      catalogueVersion: '2026.1',
      catalogueDigest: catalogue.digest,
      personRevision: 7,
    });
  });

  it('tells another institution’s fact by its effect only', () => {
    const hidden = { ...objected('2026-01-20'), hidden: true, id: 'elsewhere' };
    const objection = assessed({ ...two, facts: { ...two.facts, against: [hidden] } });
    expect(objection.cells[0]!.points[3]).toMatchObject({ state: 'block', facts: [{ kind: 'objection' }] });
    expect(JSON.stringify(objection)).not.toContain('elsewhere');
  });
});

describe('ways out of a refusal', () => {
  const takesOver: Situation = {
    discloser: professional('Ana', { is: ['social-worker'], bound: ['social-work-profession'] }),
    recipients: [
      professional('Bob', {
        is: ['social-worker'],
        bound: ['social-work-profession'],
        serves: ['social-action-coordination'],
      }),
    ],
    items: [note],
    at: '2026-03-01',
    purpose: 'social-action-coordination',
  };

  it('lists the provision under which the same act would pass', () => {
    const result = assessed(takesOver);
    expect(result.verdict).toBe('deny');
    expect(result.alternatives[0]).toMatchObject({
      provision: 'casf-l121-6-2-sharing',
      verdict: 'allow-with-duties',
      otherPurpose: false,
    });
  });

  it('names another purpose when the way is under one', () => {
    const result = assessed({ ...takesOver, purpose: 'schooling-support', provision: 'cp-226-13' });
    expect(result.alternatives.find((a) => a.provision === 'casf-l121-6-2-sharing')).toMatchObject({
      purpose: 'social-action-coordination',
      otherPurpose: true,
    });
    expect(result.points[2]?.rule).toBe('p3-none-on-purpose');
  });

  it('shows those for the purpose asked first, though they need more', () => {
    const inform = { ...takesOver, provision: 'gdpr-6', purpose: 'social-follow-up' };
    const purposes = assessed(inform).alternatives.map((a) => [a.otherPurpose, a.verdict]);
    expect(purposes[0]).toEqual([false, 'deny']);
    expect(purposes).toContainEqual([true, 'allow-with-duties']);
  });

  it('offers nothing where nothing is refused', () => {
    const fine = assessed({ ...takesOver, provision: 'casf-l121-6-2-sharing' });
    expect([fine.verdict, fine.alternatives, fine.otherWays, fine.removals]).toEqual([
      'allow-with-duties',
      [],
      [],
      [],
    ]);
  });

  it('never offers the prohibition or the general clause', () => {
    const result = assessed({ ...takesOver, purpose: 'judicial-reporting' });
    expect(result.alternatives.map((a) => a.provision)).not.toContain('cp-226-14-general');
  });
});

describe('the function', () => {
  it('gives the same answer for the same facts, and touches none of them', () => {
    fc.assert(
      fc.property(situations(catalogue), ({ facts, request }) => {
        const before = JSON.stringify({ facts, request });
        expect(assess(facts, catalogue, request)).toEqual(assess(structuredClone(facts), catalogue, request));
        expect(JSON.stringify({ facts, request })).toBe(before);
      }),
      { numRuns: 100, seed: 7 },
    );
  });

  it('judges the rest as if what it takes out had never been asked', () => {
    fc.assert(
      fc.property(situations(catalogue), ({ facts, request }) => {
        const whole = assess(facts, catalogue, request);
        for (const { take, cells, verdict } of whole.removals.filter((r) => r.take !== 'cells')) {
          const items =
            take === 'items'
              ? request.items.filter((i) => !cells.some((c) => c.item === i.item))
              : request.items;
          const recipients =
            take === 'recipients'
              ? request.recipients.filter((r) => !cells.some((c) => c.recipient === r))
              : request.recipients;
          expect(assess(facts, catalogue, { ...request, items, recipients }).verdict).toBe(verdict);
        }
      }),
      { numRuns: 150, seed: 8 },
    );
  });

  it('answers what it knows nothing of by protecting it', () => {
    const { facts, request } = situation({ ...two, items: [] });
    const unknown = assess(facts, catalogue, {
      ...request,
      items: [{ item: 'nowhere' as never }],
      at: on('2026-01-31'),
    });
    expect(unknown.cells[0]).toMatchObject({ level: 'secret', verdict: 'deny' });
  });
});

describe('what is to be known of a text', () => {
  const MEMORY = 'Noted from memory: not verified.';
  const COMMENTARY = 'Known through commentary: the official text was not re-read.';

  it('stands with what the law attaches to a result', () => {
    const stolen = assessed({ ...two, provision: 'casf-l241-10-team' });
    const first = stolen.cells[0]!.points[0]!;
    expect(first.rule).toBe('p1-purpose-foreign');
    expect(first.consequences).toMatchObject([{ provision: 'cp-226-21', caution: { en: COMMENTARY } }]);
  });

  it('stands with a text that is offered instead, and nowhere where the text was read', () => {
    const relative = { ...stranger('wife'), categories: ['relative'] };
    const doctor = professional('doctor', { is: ['physician'], bound: ['health-profession'] });
    const asked = { ...two, discloser: doctor, recipients: [relative], items: [file], unjustified: [] };
    const { alternatives } = assessed({ ...asked, purpose: 'relatives-information', provision: 'cp-226-13' });
    const offered = new Map(alternatives.map(({ provision, caution }) => [`${provision}`, caution?.en]));
    expect(offered.get('csp-l1110-4-v-relatives')).toBe(MEMORY);
    for (const { provision, caution } of alternatives)
      expect(caution).toEqual(catalogue.provision(provision)!.reliability.caution);
  });

  it('stands with a point that cites a text, and with the other ways', () => {
    const cited = assessed({ ...two, purpose: 'disability-decision', provision: 'cc-1984-on-behalf' });
    expect(cited.points[0]).toMatchObject({ rule: 'p1-purpose-foreign', caution: { en: MEMORY } });
    const { otherWays } = assessed({ ...two, provision: 'cp-226-13' });
    expect(otherWays.find(({ way }) => way === 'on-behalf')).toMatchObject({ caution: { en: MEMORY } });
  });
});

describe('what the police ask by word of mouth', () => {
  const officer = professional('officer', { at: 'police', is: ['judicial-police-officer'] });
  const oral = { ...two, recipients: [officer], purpose: 'judicial-requisition' };

  it.each([undefined, 'cpp-60-1-requisition'])('is asked for in writing, whatever is cited (%s)', (cited) => {
    const { verdict, otherWays } = assessed({
      ...oral,
      ...(cited ? { provision: cited } : { provision: '' }),
    });
    expect(['deny', 'escalate']).toContain(verdict);
    expect(otherWays.map(({ way }) => way)).toContain('written-requisition');
  });

  it('is no way out of any other refusal', () => {
    expect(assessed({ ...two }).otherWays.map(({ way }) => way)).not.toContain('written-requisition');
  });
});

it('cites the purpose, the text and the retention rule that its sentences speak of', () => {
  const { points } = assessed({ ...two, recipients: [nurse], items: [note] });
  const law = { kind: 'provision', id: two.provision };
  expect(points[0]).toMatchObject({ rule: 'p1-ok', facts: [{ kind: 'purpose', id: two.purpose }, law] });
  expect(points[7]).toMatchObject({ rule: 'p8-provision-instead', facts: [law] });
  const kept = { kind: 'retention-rule', id: 'end-of-follow-up' };
  expect(points[8]).toMatchObject({ rule: 'p9-trace', facts: [kept] });
});
