import { by, to, type Cast } from './cast.js';
import type { Body, Teller } from './teller.js';

/** Cases 4 and 9 of the worked cases: a fall risk, a care team, somebody outside it, and an objection. */
export interface HenrisStory {
  readonly person: string;
  readonly item: string;
  readonly disclosure: string;
  /** Until when the SSIAD had to answer whom it told, and whom it named. */
  readonly access: { readonly answerBy: string; readonly named: readonly string[] };
  readonly refusals: readonly string[];
}

const CARE = 'care-coordination';

export async function tellHenri(teller: Teller, cast: Cast): Promise<HenrisStory> {
  await teller.on('2026-01-05');
  const person = await meetHenri(teller, cast);
  const about = `/v1/persons/${person}`;
  const item = await describeRisk(teller, cast, about);
  await teller.on('2026-01-06');
  await shareWithTeam(teller, cast, about, item);
  const disclosure = await shareWithCcas(teller, cast, about, item);
  await teller.on('2026-01-15');
  const helpers = await offerToHelpers(teller, cast, about, item);
  await teller.on('2026-02-10');
  await reportCall(teller, cast, about, item);
  await teller.on('2026-02-20');
  await object(teller, cast, person);
  await teller.on('2026-02-25');
  const again = await teller.tellRefused(
    by(cast.people.caron),
    'henri-9',
    `${about}/disclosures`,
    exchange(cast, item, '2026-02-25'),
  );
  const access = await askForAccess(teller, cast, person);
  return { person, item, disclosure, access, refusals: [helpers, String(again['detail'])] };
}

/** Case 9, on: whom the SSIAD told. Its own staff are no recipients; they stay in its internal log. */
async function askForAccess(teller: Teller, cast: Cast, person: string): Promise<HenrisStory['access']> {
  await teller.on('2026-03-01');
  const requests = `/v1/persons/${person}/access-requests`;
  const asked = { institution: cast.institutions.ssiad, means: 'written', effectiveAt: '2026-03-01' };
  const { request, answerBy } = await teller.tell(`person:${person}`, 'henri-asks', requests, asked);
  await teller.on('2026-03-20');
  const answered = await teller.tell(
    by(cast.people.caron),
    'henri-is-answered',
    `${requests}/${String(request)}/answer`,
    { effectiveAt: '2026-03-20' },
  );
  const { date } = answerBy as { readonly date: string };
  return { answerBy: date, named: answered['recipients'] as readonly string[] };
}

async function meetHenri(teller: Teller, cast: Cast): Promise<string> {
  const { caron, diarra, noel } = cast.people;
  const names = { givenName: 'Henri', familyName: 'Lambert', birthDate: '1947-06-21' };
  const registered = await teller.tell(by(caron), 'henri', '/v1/persons', names);
  const person = registered['person'] as string;
  await teller.beginsWith(person);
  const since = { effectiveAt: '2026-01-05' };
  for (const [key, { mandate }, team] of [
    ['caron', caron, { team: 'ssiad-lilas' }],
    ['diarra', diarra, { team: 'ssiad-lilas' }],
    ['noel', noel, {}],
  ] as const)
    await teller.tell(`mandate:${mandate}`, `henri-care-${key}`, `/v1/persons/${person}/care-relations`, {
      mandate,
      ...since,
      ...team,
    });
  return person;
}

/** The nurse sees the risk, and the care team's notice is handed over the same day. */
async function describeRisk(teller: Teller, cast: Cast, about: string): Promise<string> {
  const caron = by(cast.people.caron);
  const described = await teller.tell(caron, 'henri-item', `${about}/items`, {
    category: 'functional-impact',
    label: 'risque de chute',
    level: 'secret',
    secretBy: ['health-profession'],
    purpose: CARE,
    source: { kind: 'observation' },
    effectiveAt: '2026-01-05',
  });
  await teller.tell(caron, 'henri-told-team', `${about}/informations`, {
    categories: ['functional-impact'],
    recipients: [],
    purposes: [CARE],
    form: 'written',
    effectiveAt: '2026-01-05',
  });
  return described['item'] as string;
}

/** Case 4(a): a colleague of the same team. */
async function shareWithTeam(teller: Teller, cast: Cast, about: string, item: string): Promise<void> {
  const { caron, diarra } = cast.people;
  await teller.tell(by(caron), 'henri-4a', `${about}/disclosures`, {
    ...sharing(item),
    recipients: [to(diarra)],
    provision: 'csp-l1110-4-iii-same-team',
    frame: 'care-team',
    effectiveAt: '2026-01-06',
  });
}

/** Case 4(b): the social worker who follows him, after Henri was told what and to whom. */
async function shareWithCcas(teller: Teller, cast: Cast, about: string, item: string): Promise<string> {
  const { caron, noel } = cast.people;
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
  const body = exchange(cast, item, '2026-01-09');
  const shared = await teller.tell(by(caron), 'henri-4b', `${about}/disclosures`, body);
  return shared['disclosure'] as string;
}

/** Case 4(c): home helpers of another body, without his consent. */
async function offerToHelpers(teller: Teller, cast: Cast, about: string, item: string): Promise<string> {
  const institution = cast.institutions.helpers;
  const refused = await teller.tellRefused(by(cast.people.caron), 'henri-4c', `${about}/disclosures`, {
    ...sharing(item),
    recipients: [{ kind: 'category', institution, function: 'home-helpers' }],
    provision: 'csp-l1110-4-iii-outside-team',
    frame: 'made-available',
    channel: 'shared-record',
    effectiveAt: '2026-01-15',
  });
  return String(refused['detail']);
}

/** What the ledger learns late: a call of 20 January, told on 10 February. */
async function reportCall(teller: Teller, cast: Cast, about: string, item: string): Promise<void> {
  const { noel } = cast.people;
  const institution = cast.institutions.helpers;
  await teller.tell(by(noel), 'henri-late-report', `${about}/disclosure-reports`, {
    discloser: to(noel),
    items: [{ item }],
    recipients: [{ kind: 'category', institution, function: 'sector-coordination' }],
    purpose: CARE,
    frame: 'exchange',
    channel: 'phone',
    reporter: 'M. Noël, CCAS',
    source: 'note de service du 10 février',
    certainty: 'certain',
    effectiveAt: '2026-01-20',
  });
}

/** Case 9: no further exchange with the CCAS; what was told in January stays told. */
async function object(teller: Teller, cast: Cast, person: string): Promise<void> {
  await teller.tell(`person:${person}`, 'henri-objects', `/v1/persons/${person}/objections`, {
    recipients: [{ kind: 'institution', institution: cast.institutions.ccas }],
    means: 'written',
    effectiveAt: '2026-02-20',
  });
}

function sharing(item: string): Body {
  return {
    items: [{ item, justification: 'Prévenir une chute lors des passages au domicile.' }],
    purpose: CARE,
    objective: 'Sécuriser le maintien à domicile',
    benefit: 'Une salle de bains adaptée et des passages mieux préparés',
    channel: 'secure-messaging',
    retentionRule: 'cnil-social-files',
    responsibleManager: 'Direction du SSIAD',
  };
}

function exchange(cast: Cast, item: string, day: string): Body {
  return {
    ...sharing(item),
    recipients: [to(cast.people.noel)],
    provision: 'csp-l1110-4-ii-exchange',
    frame: 'exchange',
    effectiveAt: day,
    retainUntil: '2027-01-09',
  };
}
