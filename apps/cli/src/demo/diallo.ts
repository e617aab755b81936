import { constitute, forget, hold, refer, type Hearing } from './ccapex.js';
import { by, to, type Cast } from './cast.js';
import { answerNotices } from './notices.js';
import type { Body, Teller } from './teller.js';

/** Case 2 of the worked cases: an examiner, a session of the CCAPEX, and a consent that is taken back. */
export interface DiallosStory {
  readonly person: string;
  /** What the housing adviser passed on. */
  readonly composition: string;
  readonly lastDisclosure: string;
  readonly hearing: Hearing;
  readonly refusals: readonly string[];
}

const EVICTION = 'eviction-prevention';

export async function tellDiallo(teller: Teller, cast: Cast): Promise<DiallosStory> {
  const { sow, marchand } = cast.people;
  const commission = await constitute(teller, cast);
  await teller.on('2026-04-07');
  const person = await meetMrDiallo(teller, cast);
  const about = `/v1/persons/${person}`;
  const known = await describeAll(teller, by(sow), about, BY_THE_SOCIAL_WORKER);
  const [composition, steps] = await describeAll(teller, by(marchand), about, BY_THE_ADVISER);
  await informHousehold(teller, cast, about, known);
  const consent = await agree(teller, cast, person, [composition!, steps!]);
  const lastDisclosure = await passOn(teller, cast, about, [composition!, steps!], consent);
  const excess = await toExaminer(teller, cast, about, known);
  const [debt, , , undertaken] = known;
  const hearing = await refer(teller, cast, person, commission, [debt!, undertaken!]);
  const unfit = await hold(teller, cast, person, hearing);
  const reuse = await forget(teller, cast, person, [debt!, undertaken!]);
  await withdraw(teller, person, consent);
  await answerNotices(teller, cast, person);
  return { person, composition: composition!, lastDisclosure, hearing, refusals: [excess, unfit, reuse] };
}

async function meetMrDiallo(teller: Teller, cast: Cast): Promise<string> {
  const names = { givenName: 'Amadou', familyName: 'Diallo', birthDate: '1984-09-03' };
  const registered = await teller.tell(by(cast.people.sow), 'diallo', '/v1/persons', names);
  return registered['person'] as string;
}

type Known = readonly (readonly [key: string, category: string, level: string, label: string])[];

const BY_THE_SOCIAL_WORKER: Known = [
  ['debt', 'resources-debt', 'secret', 'dette de loyer'],
  ['resources', 'resources-debt', 'secret', 'ressources du ménage'],
  ['household', 'family', 'secret', 'composition du ménage'],
  ['steps', 'social-follow-up-notes', 'secret', 'démarches engagées'],
  ['treatment', 'detailed-diagnosis', 'secret', 'traitement d’une addiction'],
];
/** The household told her itself; she is not bound by secrecy. */
const BY_THE_ADVISER: Known = [
  ['told-household', 'family', 'confidential', 'composition du ménage (dite à la conseillère)'],
  ['told-steps', 'housing', 'confidential', 'démarches pour le logement'],
];

async function describeAll(teller: Teller, caller: string, about: string, known: Known): Promise<string[]> {
  const items: string[] = [];
  for (const [key, category, level, label] of known) {
    const told = await teller.tell(caller, `diallo-item-${key}`, `${about}/items`, {
      category,
      label,
      level,
      purpose: EVICTION,
      source: { kind: 'person' },
      effectiveAt: '2026-04-07',
    });
    items.push(told['item'] as string);
  }
  return items;
}

/** On 10 April: what will go to the examining service, and through it to the body that the plan designates. */
async function informHousehold(
  teller: Teller,
  cast: Cast,
  about: string,
  items: readonly string[],
): Promise<void> {
  const { sow, vidal, lopez } = cast.people;
  await teller.on('2026-04-10');
  await teller.tell(by(sow), 'diallo-told', `${about}/informations`, {
    items,
    recipients: [to(vidal), to(lopez)],
    purposes: [EVICTION],
    form: 'written',
    effectiveAt: '2026-04-10',
  });
}

/** On 11 April, in writing: from the adviser to the mediation service, and through it to the FSL. */
async function agree(teller: Teller, cast: Cast, person: string, items: readonly string[]): Promise<string> {
  const { marchand, haddad, perrin } = cast.people;
  const about = `/v1/persons/${person}`;
  await teller.on('2026-04-11');
  const informed = await teller.tell(by(marchand), 'diallo-told-mediation', `${about}/informations`, {
    items,
    recipients: [to(haddad), to(perrin)],
    purposes: [EVICTION],
    form: 'written',
    effectiveAt: '2026-04-11',
  });
  const caller = `person:${person};assisted-by=${marchand.mandate}`;
  const consent = await teller.tell(caller, 'diallo-agrees', `${about}/consents`, {
    items,
    recipients: [to(haddad)],
    onward: [to(perrin)],
    purposes: [EVICTION],
    explicit: true,
    means: 'written',
    information: informed['information'],
    effectiveAt: '2026-04-11',
    validUntil: '2026-10-11',
  });
  return consent['consent'] as string;
}

async function passOn(
  teller: Teller,
  cast: Cast,
  about: string,
  items: readonly string[],
  consent: string,
): Promise<string> {
  const { marchand, haddad, perrin } = cast.people;
  const passing = (day: string): Body => ({
    items: items.map((item) => ({ item, justification: 'Éviter une procédure d’expulsion.' })),
    purpose: EVICTION,
    objective: 'Trouver un accord sur la dette',
    benefit: 'Un plan d’apurement plutôt qu’un procès',
    consents: [consent],
    frame: 'transmission',
    channel: 'secure-messaging',
    retentionRule: 'end-of-follow-up',
    responsibleManager: 'Direction de Vernay Habitat',
    effectiveAt: day,
    retainUntil: '2026-10-11',
  });
  await teller.on('2026-04-13');
  await teller.tell(by(marchand), 'diallo-mediation', `${about}/disclosures`, {
    ...passing('2026-04-13'),
    recipients: [to(haddad)],
  });
  await teller.on('2026-04-14');
  const told = await teller.tell(by(haddad), 'diallo-fsl', `${about}/disclosures`, {
    ...passing('2026-04-14'),
    recipients: [to(perrin)],
  });
  return told['disclosure'] as string;
}

/** Case 2, on 14 April: the addiction treatment is too much, and takes the whole with it; the rest goes out. */
async function toExaminer(
  teller: Teller,
  cast: Cast,
  about: string,
  items: readonly string[],
): Promise<string> {
  const { sow, vidal } = cast.people;
  const sharing = (chosen: readonly string[]): Body => ({
    items: chosen.map((item) => ({ item, justification: 'Évaluer la menace d’expulsion.' })),
    recipients: [to(vidal)],
    purpose: EVICTION,
    objective: 'Évaluation du ménage par la CCAPEX',
    benefit: 'Rester dans le logement',
    provision: 'loi-90-449-7-2-to-instructor',
    frame: 'transmission',
    channel: 'secure-messaging',
    retentionRule: 'end-of-follow-up',
    responsibleManager: 'Direction des solidarités',
    effectiveAt: '2026-04-14',
  });
  const path = `${about}/disclosures`;
  const refused = await teller.tellRefused(by(sow), 'diallo-2-excess', path, sharing(items));
  await teller.tell(by(sow), 'diallo-2', path, sharing(items.slice(0, 4)));
  return String(refused['detail']);
}

/** On 2 May the household takes its agreement back. */
async function withdraw(teller: Teller, person: string, consent: string): Promise<void> {
  await teller.on('2026-05-02');
  await teller.tell(
    `person:${person}`,
    'diallo-withdraws',
    `/v1/persons/${person}/consents/${consent}/withdrawals`,
    { means: 'written', effectiveAt: '2026-05-02' },
  );
}
