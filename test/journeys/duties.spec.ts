import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { readTable } from './csv.js';
import { expectProblem } from './expect-problem.js';
import { World, type Professional, type Query, type Someone } from './harness.js';

interface Duty {
  readonly person: string;
  readonly kind: string;
  readonly text: { readonly fr: string; readonly en: string };
  readonly state: string;
  readonly debtor: string;
  readonly institution: string | null;
  readonly id: string;
}

let world: World;
let caron: Professional;
let noel: Professional;
let lea: Someone;
let item: string;
let consent: string;
let disclosure: string;

/** A nurse tells a social worker, on the person's consent. */
beforeAll(async () => {
  world = await World.open();
  await world.on('2026-01-09');
  caron = await world.professional('Caron');
  noel = await world.professional('Noël');
  lea = await world.person();
  item = await world.item(lea, caron, { effectiveAt: '2026-01-09' });
  const scope = { items: [item], recipients: [noel.to] };
  consent = await world.agreed(lea, caron, scope, { effectiveAt: '2026-01-09' });
  disclosure = await world.shared(lea, caron, {
    items: [{ item }],
    recipients: [noel.to],
    effectiveAt: '2026-01-09',
  });
});
afterAll(() => world.close());

const duties = (by: Professional, query: Query = {}) =>
  world.client.as(by.by).rows<Duty>('/v1/duties', query);
const stateOf = async (by: Professional, kind: string, query: Query = {}) => {
  const all = await Promise.all([duties(by, query), duties(by, { ...query, state: 'done' })]);
  return all
    .flat()
    .filter((duty) => duty.kind === kind)
    .map(({ state }) => state);
};

describe('duties', () => {
  test('are those of one’s own institution', async () => {
    const own = await duties(caron);
    expect(own.map(({ kind }) => kind)).toContain('tell-secrecy');
    expect(new Set(own.map(({ institution }) => institution))).toEqual(new Set([caron.institution]));
    expect(new Set(own.map(({ debtor }) => debtor))).toEqual(new Set([caron.by]));
    expect(new Set((await duties(noel)).map(({ debtor }) => debtor))).toEqual(new Set([noel.by]));
    const foreign = await world.client.as(noel.by).get('/v1/duties', { institution: caron.institution });
    expectProblem(foreign, 403, 'not-permitted');
    expect(await duties(noel, { holder: caron.by })).toEqual([]);
    expectProblem(await world.client.as(lea.by).get('/v1/duties'), 403, 'not-permitted');
  });

  test('are overdue once their day has passed, without anything having happened', async () => {
    expect(await stateOf(noel, 'acknowledge-receipt')).toEqual(['open']);
    expect(await stateOf(noel, 'acknowledge-receipt', { validAt: '2026-02-15' })).toEqual(['overdue']);
    expect(await stateOf(noel, 'purge', { validAt: '2026-02-15' })).toEqual(['open']);
  });

  test('are done by saying so, where nothing else tells of it, and only by who owes them', async () => {
    const path = `${lea.path}/disclosures/${disclosure}/duties`;
    const done = { kind: 'acknowledge-receipt', note: 'reçu ce matin' };
    expectProblem(await world.client.as(caron.by).post(path, done), 422, 'contradiction');
    expectProblem(await world.client.as(noel.by).post(path, { kind: 'purge' }), 400, 'invalid-request');
    await world.on('2026-01-20');
    expect(await world.client.as(noel.by).tell(path, done)).toMatchObject({
      events: [{ type: 'DutyDischarged' }],
    });
    expect(await stateOf(noel, 'acknowledge-receipt')).toEqual(['done']);
    expect(await stateOf(noel, 'acknowledge-receipt', { validAt: '2026-01-19' })).toEqual(['overdue']);
    expect(await stateOf(noel, 'acknowledge-receipt', { knownAt: '2026-01-19' })).toEqual(['overdue']);
  });

  test('are done by what fulfils them', async () => {
    expect(await stateOf(caron, 'record-effect')).toEqual(['open']);
    const effect = { effect: 'un logement adapté' };
    await world.client.as(caron.by).tell(`${lea.path}/disclosures/${disclosure}/effects`, effect);
    expect(await stateOf(caron, 'record-effect')).toEqual(['done']);
  });

  test('are a holder’s inbox for notices, until the purge', async () => {
    await world.on('2026-02-20');
    await world.client.as(lea.by).tell(`${lea.path}/consents/${consent}/withdrawals`, { means: 'written' });
    for (let tries = 0; tries < 200 && (await stateOf(noel, 'purge-on-notice')).length === 0; tries++)
      await sleep(25);
    const [notice] = await duties(noel, { holder: noel.by }).then((all) =>
      all.filter(({ kind }) => kind === 'purge-on-notice'),
    );
    expect(notice).toMatchObject({
      person: lea.id,
      state: 'open',
      text: { en: 'Purge what the notice names, or answer it' },
    });
    await world.client.as(noel.by).tell(`${lea.path}/purges`, { items: [item], remains: 'nothing' });
    expect(await stateOf(noel, 'purge-on-notice')).toEqual(['done']);
    expect(await stateOf(noel, 'purge')).toEqual(['done']);
  });

  test('are to purge once a consent is over, without anything having happened', async () => {
    await world.on('2026-02-21');
    const ana = await world.person();
    const theirs = await world.item(ana, caron, { effectiveAt: '2026-02-20' });
    const scope = { items: [theirs], recipients: [noel.to] };
    await world.agreed(ana, caron, scope, { effectiveAt: '2026-02-20', validUntil: '2026-03-31' });
    const act = { items: [{ item: theirs }], recipients: [noel.to], effectiveAt: '2026-02-21' };
    const told = await world.shared(ana, caron, act);
    const lapsed = (query: Query) => stateOf(noel, 'purge-on-lapse', query);
    expect(await lapsed({ validAt: '2026-03-31' })).toEqual([]);
    expect(await lapsed({ validAt: '2026-04-01' })).toEqual(['open']);
    expect(await lapsed({ validAt: '2026-05-02' })).toEqual(['overdue']);
    expect(await lapsed({ validAt: '2026-05-02', knownAt: '2026-02-20' })).toEqual([]);
    const [owed] = await duties(noel, { validAt: '2026-05-02', holder: noel.by }).then((all) =>
      all.filter(({ kind }) => kind === 'purge-on-lapse'),
    );
    expect(owed).toMatchObject({ person: ana.id, id: told, debtor: noel.by, institution: noel.institution });
    const path = `${ana.path}/disclosures/${told}/duties`;
    const early = { kind: 'acknowledge-lapse' };
    expectProblem(await world.client.as(noel.by).post(path, early), 422, 'contradiction');
    expectProblem(
      await world.client.as(noel.by).post(path, { kind: 'purge-on-lapse' }),
      400,
      'invalid-request',
    );
    await world.on('2026-04-10');
    const attested = { items: [theirs], remains: 'memory', why: 'Dit de vive voix.' };
    await world.client.as(noel.by).tell(`${ana.path}/purges`, attested);
    expect(await lapsed({ validAt: '2026-05-02' })).toEqual(['done']);
  });

  test('come page by page, and as a file', async () => {
    const all = await duties(caron);
    const pages: Duty[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: { rows: readonly Duty[]; next: string | null } = await world.client
        .as(caron.by)
        .ask('/v1/duties', { limit: 1, ...(cursor ? { cursor } : {}) });
      pages.push(...page.rows);
      cursor = page.next;
    }
    expect(pages).toEqual(all);
    const file = await world.client.as(caron.by).get('/v1/duties', { format: 'csv' });
    expect(readTable(file.text).map(({ id }) => id)).toEqual(all.map(({ id }) => id));
  });
});
