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

interface PersonDuty {
  readonly kind: string;
  readonly text: { readonly fr: string; readonly en: string };
  readonly state: string;
  readonly debtor: {
    readonly key: string;
    readonly name: string | null;
    readonly institution: string | null;
  };
  readonly recipient: { readonly key: string } | null;
  readonly items: readonly { readonly item: string; readonly label: string | null }[];
  readonly id: string;
}
const owedTo = (who: Someone, by: string, query: Query = {}) =>
  world.client.as(by).rows<PersonDuty>(`${who.path}/duties`, query);

describe('what is owed to a person', () => {
  test('is shown to them in words, with names, but not how the discloser’s side judged', async () => {
    const shown = await owedTo(lea, lea.by);
    const all = await owedTo(lea, 'client:journey');
    const kinds = (rows: readonly { kind: string }[]) => [...new Set(rows.map(({ kind }) => kind))].sort();
    expect(kinds(all).filter((kind) => !kinds(shown).includes(kind))).toEqual(['record-care-relation']);
    expect(shown.find(({ kind }) => kind === 'purge')).toMatchObject({
      text: { fr: 'Détruire ce qui a été reçu', en: 'Purge what was received' },
      state: 'open',
      debtor: { key: noel.by, name: 'Dominique Noël', institution: noel.institution },
      recipient: { key: noel.by },
      items: [{ item, label: 'risque de chute' }],
      id: disclosure,
    });
    for (const row of shown) expect(Object.keys(row)).not.toContain('deferral');
  });

  test('is shown to a professional as far as their own institution answers for it', async () => {
    const keys = async (by: Professional) =>
      new Set((await owedTo(lea, by.by)).map(({ debtor }) => debtor.key));
    expect(await keys(caron)).toEqual(new Set([caron.by]));
    expect(await keys(noel)).toEqual(new Set([noel.by]));
    expect(await keys(await world.professional('Passant'))).toEqual(new Set());
  });
});

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
    const seen = (await owedTo(lea, lea.by, { state: 'done' })).filter(
      ({ kind }) => kind === 'purge-on-notice',
    );
    expect(seen).toMatchObject([{ id: notice!.id, debtor: { key: noel.by }, items: [{ item }] }]);
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
    for (const [by, path] of [
      [caron.by, '/v1/duties'],
      [lea.by, `${lea.path}/duties`],
    ] as const) {
      const client = world.client.as(by);
      const all = await client.rows<Duty>(path);
      const pages: Duty[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const asked = { limit: 1, ...(cursor ? { cursor } : {}) };
        const page: { rows: readonly Duty[]; next: string | null } = await client.ask(path, asked);
        pages.push(...page.rows);
        cursor = page.next;
      }
      expect(pages).toEqual(all);
      const file = await client.get(path, { format: 'csv' });
      expect(readTable(file.text).map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    }
  });
});

describe('what is owed to somebody for whom others speak', () => {
  test('is shown to who speaks for them, within their scope and while they are in office', async () => {
    await world.on('2026-01-09T10:00:00Z');
    const iris = await world.person();
    const limits = await world.item(iris, caron, { effectiveAt: '2026-01-09' });
    const money = await world.item(iris, caron, { category: 'resources-debt', effectiveAt: '2026-01-09' });
    const both = [{ item: limits }, { item: money }];
    const scope = { items: [limits, money], recipients: [noel.to], effectiveAt: '2026-01-09' };
    const consented = { items: [limits, money], recipients: [noel.to] };
    await world.agreed(iris, caron, consented, { effectiveAt: '2026-01-09' });
    await world.shared(iris, caron, { ...scope, items: both });
    await world.shared(iris, caron, { ...scope, items: [{ item: limits }] });
    const asked = { institution: caron.institution, means: 'oral' };
    await world.client.as(iris.by).tell(`${iris.path}/access-requests`, asked);
    const speaking = { familyName: 'L.', givenName: 'M.', instrument: 'jugement', validFrom: '2026-01-01' };
    const measure = async (name: string, body: object) => {
      const who = await world.professional(name);
      const said = { ...speaking, mandate: who.mandate, verified: true, ...body };
      await world.client.as(caron.by).tell(`${iris.path}/representations`, said);
      return who;
    };
    const tutor = await measure('Tutrice', { kind: 'representation', domain: 'personal' });
    const curator = await measure('Curateur', { kind: 'assistance', domain: 'property' });
    const trusted = await measure('Confiance', { kind: 'trusted-person', domain: 'personal' });
    const untold = await measure('Douteuse', { kind: 'representation', domain: 'both', verified: false });
    const past = await measure('Ancienne', {
      kind: 'representation',
      domain: 'both',
      validUntil: '2026-01-08',
    });
    const all = await owedTo(iris, iris.by);
    expect(await owedTo(iris, tutor.by)).toEqual(all);
    expect(all.find(({ kind }) => kind === 'answer-access')).toMatchObject({
      debtor: { key: `institution:${caron.institution}`, institutionName: 'Service de Caron' },
      items: [],
    });
    const seen = await owedTo(iris, curator.by);
    expect(new Set(seen.flatMap(({ items }) => items.map((one) => one.item)))).toEqual(new Set([money]));
    expect(new Set(seen.map(({ items }) => items.length))).toEqual(new Set([1]));
    for (const who of [trusted, untold, past]) expect(await owedTo(iris, who.by)).toEqual([]);
  });
});
