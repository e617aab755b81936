import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectProblem } from './expect-problem.js';
import { sharing, World, type Body, type Professional, type Someone } from './harness.js';

/** Nobody has it. */
const NONE = '00000000-0000-4000-8000-00000000dead';

let world: World;
let caron: Professional;
let lea: Someone;
/** The names in the tables below, and what they stand for in this run. */
const ids: Record<string, string> = {};

beforeAll(async () => {
  world = await World.open();
  await world.on('2026-01-20');
  caron = await world.professional('Caron');
  const noel = await world.professional('Noël');
  const { institution } = caron;
  const ended = await world.professional('Partie', { institution, validUntil: '2025-12-31' });
  const colleague = await world.professional('Collègue', { institution });
  const daughter = await world.person();
  lea = await world.person({ birthDate: '2001-02-03' });
  const item = await world.item(lea, caron, { effectiveAt: '2026-01-05' });
  const consent = await world.agreed(
    lea,
    caron,
    { items: [item], recipients: [noel.to] },
    { effectiveAt: '2026-01-08' },
  );
  const client = world.client.as(caron.by);
  const told = { items: [item], recipients: [noel.to], purposes: ['care-coordination'], form: 'oral' };
  const informed = await client.tell(`${lea.path}/informations`, { ...told, effectiveAt: '2026-01-08' });
  const objection = { means: 'oral', purposes: ['social-follow-up'], effectiveAt: '2026-01-08' };
  const act = { items: [{ item }], recipients: [noel.to], effectiveAt: '2026-01-09' };
  Object.assign(ids, {
    item,
    consent,
    others: await world.item(daughter, caron, { effectiveAt: '2026-01-05' }),
    unshared: await world.item(lea, caron, { effectiveAt: '2026-01-05' }),
    act: await world.shared(lea, caron, act),
    information: informed['information'],
    objection: (await client.tell(`${lea.path}/objections`, objection))['objection'],
    caron: caron.mandate,
    noel: noel.mandate,
    ended: ended.mandate,
    colleague: colleague.mandate,
    institution: caron.institution,
    actor: (await world.client.tell('/v1/actors', { givenName: 'Eva', familyName: 'Roy' }))['actor'],
    person: lea.id,
  });
});
afterAll(() => world.close());

/** `<item>` becomes the id of the item. */
function filled<T>(value: T): T {
  const text = JSON.stringify(value).replaceAll(/<(\w+)>/g, (_, name: string) => ids[name]!);
  return JSON.parse(text) as T;
}

const to = (mandate: string) => ({ kind: 'mandate', mandate });
const nobody = [to(NONE)];
const outsider = { kind: 'outsider', outsider: NONE };
const representative = { kind: 'representative', representative: NONE };

type Case = readonly [what: string, changed: Body, kind: string, field: string | null];
/** A request that is right, and what is wrong with each of its variants. */
interface Route {
  readonly path: string;
  readonly right: Body;
  readonly cases: readonly Case[];
}

const disclosures: Route = {
  path: 'disclosures',
  right: sharing({ items: [{ item: '<item>' }], recipients: [to('<noel>')], effectiveAt: '2026-01-15' }),
  cases: [
    ['an unknown item', { items: [{ item: NONE }] }, 'unknown-reference', 'items[0].item'],
    ['an item of another person', { items: [{ item: '<others>' }] }, 'unknown-reference', 'items[0].item'],
    ['an unknown recipient', { recipients: nobody }, 'unknown-reference', 'recipients[0].mandate'],
    [
      'a recipient without id',
      { recipients: [{ kind: 'mandate' }] },
      'unknown-reference',
      'recipients[0].mandate',
    ],
    ['an unknown outsider', { recipients: [outsider] }, 'unknown-reference', 'recipients[0].outsider'],
    ['an unknown discloser', { discloser: NONE }, 'unknown-reference', 'discloser'],
    [
      'an item not held',
      { discloser: '<colleague>', items: [{ item: '<unshared>' }] },
      'not-held',
      'items[0].item',
    ],
    ['an item not held yet', { effectiveAt: '2026-01-02' }, 'not-held', 'items[0].item'],
    ['an item twice', { items: [{ item: '<item>' }, { item: '<item>' }] }, 'contradiction', 'items[1]'],
    ['no item', { items: [] }, 'empty-scope', 'items'],
    ['no recipient', { recipients: [] }, 'empty-scope', 'recipients'],
    ['an unknown purpose', { purpose: 'curiosity' }, 'unknown-code', 'purpose'],
    ['an unknown provision', { provision: 'no-such-article' }, 'unknown-code', 'provision'],
    ['an unknown retention rule', { retentionRule: 'for-ever' }, 'unknown-code', 'retentionRule'],
    ['an unknown decider', { escalateTo: NONE }, 'unknown-reference', 'escalateTo'],
    ['an unknown consent', { consents: [NONE] }, 'unknown-reference', 'consents[0]'],
    ['a date in the future', { effectiveAt: '2026-01-21' }, 'date-in-future', 'effectiveAt'],
    ['a date before birth', { effectiveAt: '2001-02-02' }, 'date-before-birth', 'effectiveAt'],
    ['an end before the beginning', { retainUntil: '2026-01-14' }, 'period-inverted', 'retainUntil'],
  ],
};

/** Recipients in their other kinds, named wrongly. */
const recipients: Route = {
  ...disclosures,
  cases: (
    [
      ['a whole institution', { kind: 'institution', institution: '<institution>' }, 'kind'],
      ['an unknown institution', { kind: 'category', institution: NONE, function: 'x' }, 'institution'],
      ['a category without function', { kind: 'category', institution: '<institution>' }, 'function'],
      ['a category without institution', { kind: 'category', function: 'x' }, 'institution'],
      ['somebody unknown', { kind: 'unknown' }, 'kind'],
    ] as const
  ).map(([what, recipient, field]) => [
    `${what} as recipient`,
    { recipients: [recipient] },
    recipient.kind === 'unknown' ? 'contradiction' : 'unknown-reference',
    `recipients[0].${field}`,
  ]),
};

const consents: Route = {
  path: 'consents',
  right: {
    items: ['<item>'],
    recipients: [to('<noel>')],
    purposes: ['care-coordination'],
    effectiveAt: '2026-01-10',
    validUntil: '2027-01-01',
    means: 'written',
    information: '<information>',
  },
  cases: [
    ['no item', { items: [] }, 'empty-scope', 'items'],
    ['no recipient', { recipients: [] }, 'empty-scope', 'recipients'],
    ['no purpose', { purposes: [] }, 'empty-scope', 'purposes'],
    ['an end before the beginning', { validUntil: '2026-01-09' }, 'period-inverted', 'validUntil'],
    ['a date in the future', { effectiveAt: '2026-01-21' }, 'date-in-future', 'effectiveAt'],
    ['a date before birth', { effectiveAt: '1999-01-01' }, 'date-before-birth', 'effectiveAt'],
    ['unknown information', { information: NONE }, 'unknown-reference', 'information'],
    ['later information', { effectiveAt: '2026-01-07' }, 'unknown-reference', 'information'],
    ['an item of another person', { items: ['<others>'] }, 'unknown-reference', 'items[0]'],
    ['an unknown category', { categories: ['gossip'] }, 'unknown-code', 'categories[0]'],
    ['an unknown purpose', { purposes: ['care-coordination', 'gossip'] }, 'unknown-code', 'purposes[1]'],
    ['an unknown representative', { by: representative }, 'unknown-reference', 'by.representative'],
    ['an unknown discloser', { discloser: NONE }, 'unknown-reference', 'discloser'],
    ['an unknown onward recipient', { onward: [outsider] }, 'unknown-reference', 'onward[0].outsider'],
  ],
};

const items: Route = {
  path: 'items',
  right: { category: 'housing', label: 'logement', purpose: 'care-coordination', source: { kind: 'person' } },
  cases: [
    ['an unknown category', { category: 'gossip' }, 'unknown-code', 'category'],
    ['an unknown purpose', { purpose: 'curiosity' }, 'unknown-code', 'purpose'],
    [
      'an unknown source',
      { source: { kind: 'disclosure', disclosure: NONE } },
      'unknown-reference',
      'source.disclosure',
    ],
    ['an unknown holder', { holder: NONE }, 'unknown-reference', 'holder'],
    ['a date in the future', { effectiveAt: '2026-01-21' }, 'date-in-future', 'effectiveAt'],
    ['a date before birth', { effectiveAt: '2000' }, 'date-before-birth', 'effectiveAt'],
  ],
};

const mandates: Route = {
  path: '/v1/institutions/<institution>/mandates',
  right: {
    actor: '<actor>',
    mission: 'Soins',
    purposes: ['care-coordination'],
    function: 'infirmier',
    profession: 'infirmier',
    validFrom: '2026-01-01',
  },
  cases: [
    ['an unknown actor', { actor: NONE }, 'unknown-reference', 'actor'],
    ['no purpose', { purposes: [] }, 'empty-scope', 'purposes'],
    ['an unknown purpose', { purposes: ['curiosity'] }, 'unknown-code', 'purposes[0]'],
    ['an unknown category', { categories: ['king'] }, 'unknown-code', 'categories[0]'],
    ['an unknown text of secrecy', { secrecy: ['oath'] }, 'unknown-code', 'secrecy[0]'],
    ['an end before the beginning', { validUntil: '2025-12-31' }, 'period-inverted', 'validUntil'],
  ],
};

const reports: Route = {
  path: 'disclosure-reports',
  right: { source: 'note', certainty: 'likely', effectiveAt: '2026-01-15' },
  cases: [
    ['an unknown item', { items: [{ item: NONE }] }, 'unknown-reference', 'items[0].item'],
    ['a date in the future', { effectiveAt: '2026-02-01' }, 'date-in-future', 'effectiveAt'],
    ['an unknown purpose', { purpose: 'curiosity' }, 'unknown-code', 'purpose'],
    ['an unknown discloser', { discloser: outsider }, 'unknown-reference', 'discloser.outsider'],
    ['an unknown consent', { consents: [NONE] }, 'unknown-reference', 'consents[0]'],
  ],
};

const purges: Route = {
  path: 'purges',
  right: { items: ['<item>'], remains: 'nothing' },
  cases: [
    ['an unknown item', { items: [NONE] }, 'unknown-reference', 'items[0]'],
    ['no item', { items: [] }, 'empty-scope', 'items'],
    ['one who never had it', { holder: to('<colleague>'), items: ['<unshared>'] }, 'not-held', 'items[0]'],
    ['something left and no reason', { remains: 'memory' }, 'contradiction', 'why'],
    ['an unknown holder', { holder: { kind: 'unknown' } }, 'unknown-reference', 'holder.kind'],
  ],
};

/** One wrong request each. */
const others: readonly (readonly [path: string, body: Body, kind: string, field: string | null])[] = [
  [`disclosures/${NONE}/corrections`, { reason: 'x' }, 'not-found', null],
  ['disclosures/<act>/corrections', { duplicateOf: '<act>', reason: 'x' }, 'contradiction', 'duplicateOf'],
  ['disclosures/<act>/corrections', { duplicateOf: NONE, reason: 'x' }, 'unknown-reference', 'duplicateOf'],
  [`disclosures/${NONE}/contests`, { ground: 'x' }, 'not-found', null],
  ['disclosures/<act>/contests', { ground: 'x', effectiveAt: '2026-01-08' }, 'contradiction', 'effectiveAt'],
  ['disclosures/<act>/contests/answer', { answer: 'upheld', reason: 'x' }, 'contradiction', null],
  [`disclosures/${NONE}/effects`, { effect: 'x' }, 'not-found', null],
  [
    'disclosures/<act>/retention',
    { retainUntil: '2026-01-01', reason: 'x' },
    'period-inverted',
    'retainUntil',
  ],
  ['non-disclosures', { items: ['<others>'], reason: 'x' }, 'unknown-reference', 'items[0]'],
  [`consents/${NONE}/withdrawals`, { means: 'oral' }, 'not-found', null],
  [
    'consents/<consent>/withdrawals',
    { means: 'oral', effectiveAt: '2026-01-07' },
    'contradiction',
    'effectiveAt',
  ],
  [
    'consents/<consent>/withdrawals',
    { means: 'oral', excluded: { items: [NONE] } },
    'unknown-reference',
    'excluded.items[0]',
  ],
  ['refusals', { means: 'oral', categories: ['gossip'] }, 'unknown-code', 'categories[0]'],
  ['objections', { means: 'oral', recipients: nobody }, 'unknown-reference', 'recipients[0].mandate'],
  ['objections', { means: 'oral', effectiveAt: '2026-01-21' }, 'date-in-future', 'effectiveAt'],
  [`objections/${NONE}/answers`, { answer: 'accepted', reason: 'x' }, 'not-found', null],
  [
    'objections/<objection>/lift',
    { means: 'oral', effectiveAt: '2026-01-07' },
    'contradiction',
    'effectiveAt',
  ],
  ['informations', { items: ['<others>'], form: 'oral' }, 'unknown-reference', 'items[0]'],
  ['informations', { items: ['<item>'], form: 'oral', provision: 'x' }, 'unknown-code', 'provision'],
  [
    'informations',
    { items: ['<item>'], form: 'oral', effectiveAt: '2026-01-21' },
    'date-in-future',
    'effectiveAt',
  ],
  [`items/${NONE}/holdings`, { purpose: 'care-coordination', source: { kind: 'person' } }, 'not-found', null],
  ['items/<others>/requalifications', { level: 'secret', reason: 'x' }, 'not-found', null],
  ['care-relations', { mandate: NONE }, 'unknown-reference', 'mandate'],
  ['care-relations/<noel>/end', { until: '2026-01-10' }, 'not-found', null],
  [`representations/${NONE}/end`, { until: '2026-01-10' }, 'not-found', null],
  [
    '/v1/persons',
    { givenName: 'A', familyName: 'B', birthDate: '2026-01-21' },
    'date-in-future',
    'birthDate',
  ],
  [
    '/v1/persons',
    { givenName: 'A', familyName: 'B', distinctFrom: [NONE] },
    'unknown-reference',
    'distinctFrom[0]',
  ],
  [`/v1/institutions/${NONE}/sources`, { source: 'x', upTo: '2026-01-01' }, 'not-found', null],
  [`/v1/institutions/<institution>/mandates/${NONE}/end`, { until: '2026-01-01' }, 'not-found', null],
  [
    '/v1/institutions/<institution>/mandates/<caron>/end',
    { until: '2023-01-01' },
    'period-inverted',
    'until',
  ],
  ['/v1/institutions/<institution>/sources', { source: 'x', upTo: '2026-01-21' }, 'date-in-future', 'upTo'],
  [`/v1/persons/${NONE}/disclosure-reports`, reports.right, 'not-found', null],
];

async function expectTurnedDown(
  route: string,
  body: Body,
  kind: string,
  field: string | null,
): Promise<void> {
  const path = filled(route.startsWith('/') ? route : `${lea.path}/${route}`);
  const client = route.startsWith('/v1/institutions') ? world.client : world.client.as(caron.by);
  const end = await world.client.facts();
  expectProblem(await client.post(path, filled(body)), kind === 'not-found' ? 404 : 422, kind, field);
  expect(await world.client.facts()).toBe(end);
}

describe.each([disclosures, recipients, consents, items, mandates, reports, purges])(
  'POST $path',
  ({ path, right, cases }) => {
    test.each(cases)('turns down %s', (_, changed, kind, field) =>
      expectTurnedDown(path, { ...right, ...changed }, kind, field),
    );
  },
);

describe('POST', () => {
  test.each(others)('%s %j is turned down', (path, body, kind, field) =>
    expectTurnedDown(path, body, kind, field),
  );
});
