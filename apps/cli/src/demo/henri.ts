import { by, to, type Cast } from './cast.js';
import type { Teller } from './teller.js';

/** Cases 4 and 9 of the worked cases: a fall risk, a care team, somebody outside it, and an objection. */
export interface HenrisStory {
  readonly person: string;
  readonly item: string;
  readonly disclosure: string;
  readonly refusals: readonly string[];
}

const CARE = 'care-coordination';

export async function tellHenri(teller: Teller, cast: Cast): Promise<HenrisStory> {
  const { caron, diarra, noel } = cast.people;
  await teller.on('2026-01-05');
  const registered = await teller.tell(by(caron), 'henri', '/v1/persons', {
    givenName: 'Henri',
    familyName: 'Lambert',
    birthDate: '1947-06-21',
  });
  const person = registered['person'] as string;
  const about = `/v1/persons/${person}`;
  for (const [name, one, team] of [
    ['caron', caron, 'ssiad-lilas'],
    ['diarra', diarra, 'ssiad-lilas'],
    ['noel', noel, undefined],
  ] as const)
    await teller.tell(by(one), `henri-care-${name}`, `${about}/care-relations`, {
      mandate: one.mandate,
      effectiveAt: '2026-01-05',
      ...(team ? { team } : {}),
    });
  const described = await teller.tell(by(caron), 'henri-item', `${about}/items`, {
    category: 'functional-impact',
    label: 'risque de chute',
    level: 'secret',
    secretBy: ['health-profession'],
    purpose: CARE,
    source: { kind: 'observation' },
    effectiveAt: '2026-01-05',
  });
  const item = described['item'] as string;
  await teller.tell(by(caron), 'henri-told-team', `${about}/informations`, {
    categories: ['functional-impact'],
    recipients: [],
    purposes: [CARE],
    form: 'written',
    notice: 'care-team/2026-01',
    effectiveAt: '2026-01-05',
  });
  const share = (key: string, more: Readonly<Record<string, unknown>>) => ({
    caller: by(caron),
    key,
    path: `${about}/disclosures`,
    body: {
      items: [{ item, justification: 'Prévenir une chute lors des passages au domicile.' }],
      purpose: CARE,
      objective: 'Sécuriser le maintien à domicile',
      benefit: 'Une salle de bains adaptée et des passages mieux préparés',
      channel: 'secure-messaging',
      responsibleManager: 'Direction du SSIAD',
      ...more,
    },
  });

  await teller.on('2026-01-06');
  const team = share('henri-4a', {
    recipients: [to(diarra)],
    provision: 'csp-l1110-4-iii-same-team',
    frame: 'care-team',
    effectiveAt: '2026-01-06',
  });
  await teller.tell(team.caller, team.key, team.path, team.body);

  await teller.on('2026-01-08');
  await teller.tell(by(caron), 'henri-told-ccas', `${about}/informations`, {
    items: [item],
    recipients: [to(noel)],
    purposes: [CARE],
    provision: 'csp-l1110-4-ii-exchange',
    form: 'oral',
    effectiveAt: '2026-01-08',
  });
  await teller.on('2026-01-09');
  const exchange = share('henri-4b', {
    recipients: [to(noel)],
    provision: 'csp-l1110-4-ii-exchange',
    frame: 'exchange',
    effectiveAt: '2026-01-09',
    retainUntil: '2027-01-09',
  });
  const shared = await teller.tell(exchange.caller, exchange.key, exchange.path, exchange.body);

  await teller.on('2026-01-15');
  const helpers = share('henri-4c', {
    recipients: [
      {
        kind: 'category',
        institution: cast.institutions.helpers,
        function: 'aide à domicile intervenant chez lui',
      },
    ],
    provision: 'csp-l1110-4-iii-outside-team',
    frame: 'made-available',
    channel: 'shared-record',
    effectiveAt: '2026-01-15',
  });
  const refused4c = await teller.tellRefused(helpers.caller, helpers.key, helpers.path, helpers.body);

  await teller.on('2026-02-10');
  await reportCall(teller, cast, about, item);
  const refused9 = await objectAndRetry(teller, cast, about, share);
  return {
    person,
    item,
    disclosure: shared['disclosure'] as string,
    refusals: [String(refused4c['detail']), refused9],
  };
}

/** What the ledger learns late: a call of 20 January, told on 10 February. */
async function reportCall(teller: Teller, cast: Cast, about: string, item: string): Promise<void> {
  const { noel } = cast.people;
  await teller.tell(by(noel), 'henri-late-report', `${about}/disclosure-reports`, {
    discloser: to(noel),
    items: [{ item }],
    recipients: [
      { kind: 'category', institution: cast.institutions.helpers, function: 'coordinatrice de secteur' },
    ],
    purpose: CARE,
    frame: 'exchange',
    channel: 'phone',
    reporter: 'M. Noël, CCAS',
    source: 'note de service du 10 février',
    certainty: 'certain',
    effectiveAt: '2026-01-20',
  });
}

/** Case 9: Henri objects to any further exchange with the CCAS; a new one is refused, January stays as it was. */
async function objectAndRetry(
  teller: Teller,
  cast: Cast,
  about: string,
  share: (
    key: string,
    more: Readonly<Record<string, unknown>>,
  ) => { caller: string; key: string; path: string; body: Readonly<Record<string, unknown>> },
): Promise<string> {
  const person = about.split('/').at(-1)!;
  await teller.on('2026-02-20');
  await teller.tell(`person:${person}`, 'henri-objects', `${about}/objections`, {
    recipients: [{ kind: 'institution', institution: cast.institutions.ccas }],
    means: 'written',
    effectiveAt: '2026-02-20',
  });
  await teller.on('2026-02-25');
  const again = share('henri-9', {
    recipients: [to(cast.people.noel)],
    provision: 'csp-l1110-4-ii-exchange',
    frame: 'exchange',
    effectiveAt: '2026-02-25',
  });
  return String((await teller.tellRefused(again.caller, again.key, again.path, again.body))['detail']);
}
