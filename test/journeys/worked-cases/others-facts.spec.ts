import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Assessment } from '#assessment';
import { World, type Body, type Client, type Professional } from '../harness.js';
import { ask, inWords, record } from './answers.js';
import type { Case, Staged } from './cases.js';
import { before, EDUCATOR, notes, NURSE, on } from './parties.js';
import { stage } from './stage.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

/** Nobody has said anything yet: what counts is recorded by somebody else, at another institution. */
const exchange: Case = {
  from: { ...EDUCATOR, at: 'SAVS' },
  to: { nurse: { ...NURSE, at: 'SSIAD' } },
  items: notes,
  on,
  purpose: 'social-follow-up',
  provision: 'csp-l1110-4-iii-outside-team',
};

interface Elsewhere {
  readonly staged: Staged;
  readonly elsewhere: Professional;
  readonly colleague: Professional;
  /** As the professional of the other institution. */
  readonly there: Client;
  readonly scope: Body;
}

async function elsewhere(changes: Partial<Case> = {}): Promise<Elsewhere> {
  const staged = await stage(world, { ...exchange, ...changes });
  const other = await world.professional('Ferrand', { categories: ['social-worker'] });
  const colleague = await world.professional('Proche', { institution: other.institution });
  const recipients = [staged.to['nurse']!.to];
  const scope = { items: Object.values(staged.items), recipients, purposes: ['social-follow-up'] };
  return { staged, elsewhere: other, colleague, there: world.client.as(other.by), scope };
}

/** Ids and words that only the other institution's records hold. */
function expectNothingOf(
  { elsewhere: other, colleague }: Elsewhere,
  answer: unknown,
  ...told: unknown[]
): void {
  const text = JSON.stringify(answer);
  for (const theirs of [other.mandate, other.institution, colleague.mandate, 'Ferrand', ...told])
    expect(text).not.toContain(String(theirs));
}

const pointOf = ({ points }: Assessment, rule: string) =>
  points.flatMap((point) => [point, ...point.also]).find((one) => one.rule === rule)!;

const GROUND = 'Mon ex-mari travaille au SSIAD.';

describe('what another institution recorded', () => {
  test('of an objection: that there is one, and nothing of it', async () => {
    const all = await elsewhere({ provision: 'csp-l1110-4-ii-exchange' });
    const { staged, there, scope } = all;
    const means = { means: 'oral', effectiveAt: before };
    const told = await there.tell(`${staged.person.path}/objections`, { ...scope, ...means, ground: GROUND });
    const answer = await ask(staged);
    expect(inWords({ points: answer.points, verdict: answer.verdict })).toContain('P4 BLOCK');
    expect(pointOf(answer, 'p4-objected').facts).toEqual([{ kind: 'objection' }]);
    const refused = await record(staged);
    expect(refused.status).toBe(422);
    for (const one of [answer, refused.body])
      expectNothingOf(all, one, told['objection'], eventOf(told), 'ex-mari');
  });

  test('of information, agreement and withdrawal: what they open and close, and nothing of them', async () => {
    const all = await elsewhere();
    const { staged, there, scope } = all;
    const { path } = staged.person;
    const day = { effectiveAt: before };
    const informed = await there.tell(`${path}/informations`, { ...scope, ...day, form: 'oral' });
    const { information } = informed;
    const agreement = { ...scope, ...day, information, means: 'written', validUntil: '2027-01-01' };
    const agreed = await there.tell(`${path}/consents`, agreement);
    const opened = await ask(staged);
    expect(opened.verdict).toBe('allow-with-duties');
    expect(pointOf(opened, 'p4-consent-valid').facts).toEqual([{ kind: 'consent' }]);
    expect(pointOf(opened, 'p4-informed').facts).toEqual([{ kind: 'information' }]);
    expectNothingOf(all, opened, information, agreed['consent'], eventOf(agreed), eventOf(informed));

    const excluded = { recipients: scope['recipients'] };
    const withdrawn = await there.tell(`${path}/consents/${String(agreed['consent'])}/withdrawals`, {
      excluded,
      means: 'oral',
      ...day,
    });
    const closed = await ask(staged);
    expect(closed.verdict).toBe('deny');
    expect(pointOf(closed, 'p4-objected').facts).toEqual([{ kind: 'withdrawal' }]);
    expectNothingOf(all, closed, agreed['consent'], eventOf(withdrawn));
  });

  test('of the care: that somebody takes part, and nothing of who said so', async () => {
    const all = await elsewhere({ provision: 'csp-l1110-4-ii-exchange' });
    const { staged } = all;
    const nurse = world.client.as(staged.to['nurse']!.by);
    const relation = { effectiveAt: '2026-01-05' };
    const started = await nurse.tell(`${staged.person.path}/care-relations`, relation);
    const answer = await ask(staged);
    expect(pointOf(answer, 'p5-ok').facts).toEqual([{ kind: 'care-relation' }]);
    expectNothingOf(all, answer, eventOf(started));
  });

  test('is told with its reference to those who recorded it, and to those whom it names', async () => {
    const { staged, colleague, there, scope } = await elsewhere({ provision: 'csp-l1110-4-ii-exchange' });
    const { path } = staged.person;
    const means = { means: 'oral', effectiveAt: before };
    const { objection } = await there.tell(`${path}/objections`, { ...scope, ...means });
    const known = { kind: 'objection', id: objection };
    const [item] = Object.values(staged.items);
    for (const [caller, recipients] of [
      [colleague, [staged.to['nurse']!.to]],
      [staged.to['nurse']!, [staged.to['nurse']!.to]],
    ] as const) {
      const held = { purpose: 'social-follow-up', source: { kind: 'person' }, effectiveAt: before };
      const client = world.client.as(caller.by);
      await client.post(`${path}/items/${item!}/holdings`, held);
      const told = await client.post(`${path}/assessments`, { ...staged.act, recipients });
      expect(told.status).toBe(200);
      expect(pointOf(told.body as unknown as Assessment, 'p4-objected').facts).toEqual([known]);
    }
  });
});

function eventOf(told: Body): string {
  return (told['events'] as readonly { readonly id: string }[])[0]!.id;
}
