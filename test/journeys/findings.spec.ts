import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { readTable } from './csv.js';
import { expectProblem } from './expect-problem.js';
import { World, type Professional, type Query, type Someone } from './harness.js';

interface Finding {
  readonly id: string;
  readonly rule: string;
  readonly severity: string;
  readonly state: string;
  readonly person: string;
  readonly disclosure: string | null;
  readonly since: string;
  readonly firstSeen: string;
}

let world: World;
let caron: Professional;
let noel: Professional;
let lea: Someone;
let consent: string;
let disclosure: string;

/** Shared on 9 January; on the 20th a paper withdrawal turns up, dated the 8th. */
beforeAll(async () => {
  world = await World.open();
  await world.on('2026-01-09');
  caron = await world.professional('Caron');
  noel = await world.professional('Noël');
  lea = await world.person();
  const item = await world.item(lea, caron, { effectiveAt: '2026-01-05' });
  consent = await world.agreed(
    lea,
    caron,
    { items: [item], recipients: [noel.to] },
    { effectiveAt: '2026-01-05' },
  );
  const act = { items: [{ item }], recipients: [noel.to], effectiveAt: '2026-01-09' };
  disclosure = await world.shared(lea, caron, act);
});
afterAll(() => world.close());

const findings = (by: Professional, query: Query = {}) =>
  world.client.as(by.by).rows<Finding>('/v1/findings', query);

describe('findings', () => {
  test('are none while all is in order', async () => {
    expect(await findings(caron)).toEqual([]);
  });

  test('come from a fact that is recorded late, and change nothing about what was known', async () => {
    await world.on('2026-01-20');
    const paper = { means: 'written', effectiveAt: '2026-01-08' };
    await world.client.as(caron.by).tell(`${lea.path}/consents/${consent}/withdrawals`, paper);
    const found = await findings(caron);
    expect(found.map(({ rule, severity }) => `${severity} ${rule}`).toSorted()).toEqual([
      'critical after-withdrawal',
      'major border-not-agreed',
      'major no-valid-basis',
      'major outside-care-team',
    ]);
    for (const one of found) {
      expect(one).toMatchObject({ person: lea.id, disclosure, since: '2026-01-09', state: 'open' });
      expect(one.firstSeen.slice(0, 10)).toBe('2026-01-20');
    }
    expect(await findings(caron, { knownAt: '2026-01-19' })).toEqual([]);
    expect(await findings(caron, { validAt: '2026-01-08' })).toEqual([]);
  });

  test('come with time, without anything having happened', async () => {
    const late = { validAt: '2026-12-31', rule: 'notice-unanswered' };
    // The notice comes by itself; it is waited for, not timed.
    for (let tries = 0; tries < 200 && (await findings(noel, late)).length === 0; tries++) await sleep(25);
    expect(await findings(noel, late)).toMatchObject([{ since: '2026-02-20', person: lea.id }]);
    expect(await findings(noel, { ...late, validAt: '2026-02-19' })).toEqual([]);
  });

  test('are seen by those whose act it was, and treated by them', async () => {
    expect(await findings(noel)).toEqual([]);
    expectProblem(
      await world.client.as(noel.by).get('/v1/findings', { institution: caron.institution }),
      403,
      'not-permitted',
    );
    const after = { rule: 'after-withdrawal' };
    const [found] = await findings(caron, after);
    const path = `${lea.path}/findings/${found!.id}/treatment`;
    const treated = { treatment: 'explained', reason: 'Le retrait est arrivé par courrier.' };
    expectProblem(await world.client.as(noel.by).post(path, treated), 403, 'not-permitted');
    const other = `${lea.path}/findings/${disclosure}/treatment`;
    expectProblem(await world.client.as(caron.by).post(other, treated), 404, 'not-found');
    await world.client.as(caron.by).tell(path, treated);
    expect(await findings(caron, { ...after, state: 'open' })).toEqual([]);
    expect(await findings(caron, { state: 'open' })).toHaveLength(3);
    expect(await findings(caron, after)).toMatchObject([{ id: found!.id, state: 'explained' }]);
    expect(await findings(caron, { knownAt: '2026-01-19T12:00:00Z' })).toEqual([]);
  });

  test('can be asked for by rule, severity, institution and person, and as a file', async () => {
    const count = async (query: Query) => (await world.client.rows('/v1/findings', query)).length;
    expect(await count({ rule: 'after-withdrawal', severity: 'critical', person: lea.id })).toBe(1);
    expect(await count({ institution: caron.institution })).toBe(4);
    expect(await count({ institution: noel.institution })).toBe(0);
    expect(await count({ severity: 'minor' })).toBe(0);
    const asked = { format: 'csv', severity: 'critical' };
    const file = await world.client.get('/v1/findings', asked);
    expect(readTable(file.text)).toMatchObject([{ rule: 'after-withdrawal', state: 'explained' }]);
  });

  test('come from a mandate that ended before, of which it is told late; the act keeps its verdict', async () => {
    await world.on('2026-01-21');
    const { institution, mandate } = noel;
    await world.client.tell(`/v1/institutions/${institution}/mandates/${mandate}/end`, {
      until: '2026-01-08',
    });
    const over = { rule: 'mandate-over' };
    const [found, ...rest] = await findings(caron, over);
    expect(rest).toEqual([]);
    expect(found).toMatchObject({ disclosure, since: '2026-01-09', state: 'open', severity: 'major' });
    expect(found!.firstSeen.slice(0, 10)).toBe('2026-01-21');
    expect(await findings(caron, { ...over, knownAt: '2026-01-20' })).toEqual([]);
    const kept = await world.client.rows<Finding>('/v1/findings', {
      rule: 'kept-after-mandate',
      institution,
    });
    expect(kept).toMatchObject([{ person: lea.id, severity: 'minor', since: '2026-01-09' }]);
    const treated = { treatment: 'accepted', reason: 'Prolongé par écrit.' };
    await world.client.as(caron.by).tell(`${lea.path}/findings/${found!.id}/treatment`, treated);
    expect(await findings(caron, over)).toMatchObject([{ id: found!.id, state: 'accepted' }]);
  });

  test('come from an act of which next to nothing is known', async () => {
    const told = { source: 'rumeur', certainty: 'rumoured', effectiveAt: '2026-01-20' };
    const reported = await world.client.as(caron.by).tell(`${lea.path}/disclosure-reports`, told);
    const own = { person: lea.id, rule: 'no-valid-basis' };
    const found = await world.client.rows<Finding>('/v1/findings', own);
    expect(found.map((one) => one.disclosure)).toEqual([disclosure, reported['disclosure']]);
  });
});
