import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectProblem } from './expect-problem.js';
import { World, type Body, type Professional } from './harness.js';

let world: World;
let [secretary, member, stranger]: Professional[] = [];
let commission: string;

beforeAll(async () => {
  world = await World.open();
  await world.on('2026-04-01');
  secretary = await world.professional('Aubry');
  member = await world.professional('Lopez');
  stranger = await world.professional('Weber');
  const told = await world.client.tell('/v1/commissions', {
    kind: 'CCAPEX',
    name: 'CCAPEX du Vernay',
    institution: secretary.institution,
    purpose: 'eviction-prevention',
    regime: 'loi-90-449-7-2-from-instructor',
  });
  commission = `/v1/commissions/${String(told['commission'])}`;
  const seat = { mandate: member.mandate, validFrom: '2026-01-01', validUntil: '2026-12-31' };
  await world.client.tell(`${commission}/members`, seat);
});
afterAll(() => world.close());

const secretariat = () => world.client.as(secretary!.by);

describe('a commission', () => {
  test('is shown to its secretariat, with its seats and sessions', async () => {
    const { session } = await secretariat().tell(`${commission}/sessions`, { on: '2026-04-21' });
    const { body } = await secretariat().get(commission);
    expect(body).toMatchObject({
      name: 'CCAPEX du Vernay',
      seats: [{ mandate: member!.mandate, validUntil: { date: '2026-12-31' } }],
      sessions: [{ session, on: { date: '2026-04-21' }, closedAt: null, cases: [] }],
    });
  });

  test('looks like none to everybody else', async () => {
    for (const { by } of [member!, stranger!])
      expectProblem(await world.client.as(by).get(commission), 404, 'not-found');
  });
});

describe('a session', () => {
  test('convened twice under one key is one', async () => {
    const key = { 'idempotency-key': 'the-session-of-may' };
    const convene = (): Promise<Body> =>
      secretariat().tell(`${commission}/sessions`, { on: '2026-05-19' }, key);
    const first = await convene();
    expect(await convene()).toEqual({ ...first, repeated: true });
  });

  test('that hears nobody can be closed on its day, and then nothing is added', async () => {
    const { session } = await secretariat().tell(`${commission}/sessions`, { on: '2026-04-02' });
    const path = `${commission}/sessions/${String(session)}`;
    expectProblem(await secretariat().post(`${path}/close`, {}), 422, 'date-in-future');
    await world.on('2026-04-02');
    expectProblem(await world.client.as(member!.by).post(`${path}/close`, {}), 404, 'not-found');
    await secretariat().tell(`${path}/close`, {});
    expectProblem(await secretariat().post(`${path}/agenda`, { case: session }), 409, 'already-ended');
    expect((await secretariat().get(path)).body).toMatchObject({ attestBy: '2026-04-03', agenda: [] });
    expectProblem(await world.client.as(member!.by).get(path), 404, 'not-found');
  });
});
