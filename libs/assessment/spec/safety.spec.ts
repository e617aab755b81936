import { describe, expect, it } from '@jest/globals';
import { assessed, rulesOf, states } from './expect.js';
import { ADULT, catalogue, CHILD, item, objected, on, professional, START, type Situation } from './given.js';

const bruises = item('bruises', 'child-danger');
const crip = professional('CRIP', { at: 'CRIP', is: ['crip'] });
/** Nothing on paper at all. */
const bare: Situation = {
  person: CHILD,
  discloser: professional('Ana', { is: ['social-worker'], bound: ['social-work-profession'] }),
  recipients: [crip],
  items: [bruises],
  unjustified: [bruises.item],
  at: '2026-03-01',
  purpose: 'child-danger-alert',
  provision: 'casf-l226-2-1',
  request: { retention: undefined, channel: undefined, responsibleManager: undefined } as never,
};

describe('the safety rule lets an alert out', () => {
  it('with nothing on paper, as warnings and a task', () => {
    const result = assessed(bare);
    expect(states(result.points)).toMatchObject({ 4: 'warn', 7: 'warn', 8: 'warn', 9: 'warn' });
    expect(result.verdict).toBe('allow-with-duties');
    expect(result.duties.map((d) => d.kind)).toContain('settle-after-alert');
  });

  it.each([
    ['an objection', { facts: { against: [objected('2026-02-01')] } }, 4],
    ['a duty that cannot be met', { request: { assessedAt: on('2027-01-01') } }, 9],
    [
      'a mandate that has ended',
      { discloser: { ...bare.discloser, period: { validFrom: START, validUntil: on('2026-01-01') } } },
      5,
    ],
  ] as const)('despite %s', (_, change, point) => {
    const result = assessed({ ...bare, ...change } as Situation);
    expect(result.points[point - 1]?.state).toBe('warn');
    expect(result.verdict).toBe('allow-with-duties');
  });

  it('despite a debated basis of discloser and recipient', () => {
    const debated = professional('teacher', { is: ['social-worker'], bound: ['public-agent-status'] });
    const other = professional('judge’s clerk', {
      at: 'court',
      is: ['crip'],
      bound: ['public-agent-status'],
    });
    const result = assessed({
      ...bare,
      discloser: debated,
      recipients: [other],
      provision: 'casf-l411-3-minors',
    });
    expect(result.points[5]).toMatchObject({ state: 'warn', rule: 'p6-discloser-debated' });
    const general = assessed({ ...bare, discloser: debated, provision: 'cp-226-14-1' });
    expect(general.points[4]).toMatchObject({ state: 'warn', rule: 'p5-debated-standing' });
  });

  it('under article 40 and 226-14 2° only for a child or somebody unable to protect themselves', () => {
    const report: Situation = {
      ...bare,
      discloser: professional('agent', { is: ['public-agent'], bound: ['public-agent-status'] }),
      recipients: [professional('prosecutor', { at: 'court', is: ['prosecutor'] })],
      purpose: 'judicial-reporting',
      provision: 'cpp-40-al2',
    };
    expect(assessed(report).points[2]).toMatchObject({ state: 'warn', rule: 'p3-cpp-40' });
    expect(assessed({ ...report, person: ADULT }).points[2]).toMatchObject({ state: 'escalate' });
    const unable = { ...ADULT, unableToProtectThemselves: true };
    expect(assessed({ ...report, person: unable }).verdict).toBe('allow-with-duties');
  });
});

describe('the safety rule does not let out', () => {
  it.each<[string, Partial<Situation>, number, string]>([
    [
      'anything to a wrong recipient',
      { recipients: [professional('mayor', { at: 'town', is: ['mayor'] })] },
      5,
      'p5-recipient-not-listed',
    ],
    [
      'anything to a recipient out of office',
      { recipients: [{ ...crip, period: { validFrom: START, validUntil: on('2026-01-01') } }] },
      5,
      'p5-recipient-not-in-force',
    ],
    ['anything without a purpose', { purpose: '' }, 1, 'p1-purpose-missing'],
    ['anything for a purpose foreign to the text', { purpose: 'schooling-support' }, 1, 'p1-purpose-foreign'],
    [
      'an unrelated item',
      { request: { ...bare.request, items: [{ item: bruises.item, unrelated: true }] } },
      7,
      'p7-unrelated',
    ],
  ])('%s', (_, change, point, rule) => {
    const result = assessed({ ...bare, ...change });
    expect(rulesOf(result, point)).toContain(rule);
    expect(result.points[point - 1]?.state).toBe('block');
  });

  it('an excessive item, while the alert itself goes out', () => {
    const gossip = item('gossip', 'family');
    const items = [{ item: bruises.item }, { item: gossip.item, unrelated: true }];
    const result = assessed({ ...bare, items: [bruises, gossip], request: { ...bare.request, items } });
    expect(result.verdict).toBe('deny');
    expect(result.removals[0]).toMatchObject({ take: 'items', verdict: 'allow-with-duties' });
    expect(result.removals[0]?.cells.map((c) => c.item)).toEqual([gossip.item]);
  });

  it('what no text of the rule carries', () => {
    const exchange = { ...bare, purpose: 'child-assessment', provision: 'casf-l226-2-2' };
    expect(assessed(exchange).points[6]?.state).toBe('block');
  });
});

it('every provision of the rule is one that a disclosure may rest on', () => {
  const offered = catalogue.provisionsFor({}).map((p) => p.id as string);
  for (const id of ['casf-l226-2-1', 'casf-l119-2-bound', 'cp-226-14-4-weapon', 'cpp-40-al2', 'cp-223-6'])
    expect(offered).toContain(id);
});
