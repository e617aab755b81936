import { by, to, type Cast } from './cast.js';
import type { Body, Teller } from './teller.js';

/** Case 1 and what follows from it: an assessment, a support service, a workshop, then a withdrawal. */
export interface LinasStory {
  readonly person: string;
  readonly item: string;
  readonly lastDisclosure: string;
  readonly refusals: readonly string[];
}

export async function tellLina(teller: Teller, cast: Cast): Promise<LinasStory> {
  const { petit } = cast.people;
  await teller.on('2026-02-20');
  const person = await meetLina(teller, cast);
  const about = `/v1/persons/${person}`;
  const limits = await describe(teller, cast, about, 'limits', 'functional-impact', 'limites fonctionnelles');
  const treatment = await describe(
    teller,
    cast,
    about,
    'treatment',
    'health-data',
    'contraintes de traitement',
  );
  await discussInTeam(teller, cast, about, [limits, treatment]);
  await teller.on('2026-03-11');
  const disclosures = `${about}/disclosures`;
  const early = await teller.tellRefused(
    by(petit),
    'lina-1b-early',
    disclosures,
    toSavs(cast, limits, '2026-03-11'),
  );
  await teller.on('2026-03-12');
  const consent = await agree(teller, cast, person, limits);
  await teller.on('2026-03-13');
  await teller.tell(by(petit), 'lina-1b', disclosures, toSavs(cast, limits, '2026-03-13'));
  await teller.on('2026-03-20');
  const lastDisclosure = await passOn(teller, cast, about, limits, consent);
  await teller.on('2026-04-20');
  await withdraw(teller, cast, person, consent);
  await teller.on('2026-04-27');
  await purge(teller, cast, about, limits);
  return { person, item: limits, lastDisclosure, refusals: [String(early['detail'])] };
}

async function meetLina(teller: Teller, cast: Cast): Promise<string> {
  const { roche, aune } = cast.people;
  const names = { givenName: 'Lina', familyName: 'Benali', birthDate: '1991-11-04' };
  const registered = await teller.tell(by(roche), 'lina', '/v1/persons', names);
  const person = registered['person'] as string;
  await teller.tell(by(aune), 'lina-care-aune', `/v1/persons/${person}/care-relations`, {
    mandate: aune.mandate,
    team: 'savs-le-pont',
    effectiveAt: '2026-02-20',
  });
  return person;
}

async function describe(
  teller: Teller,
  cast: Cast,
  about: string,
  key: string,
  category: string,
  label: string,
): Promise<string> {
  const told = await teller.tell(by(cast.people.roche), `lina-item-${key}`, `${about}/items`, {
    category,
    label,
    level: 'secret',
    secretBy: ['health-profession'],
    purpose: 'disability-assessment',
    source: { kind: 'person' },
    effectiveAt: '2026-02-20',
  });
  return told['item'] as string;
}

/** Case 1: the team meeting of 10 March, of which Lina was told on 20 February. */
async function discussInTeam(
  teller: Teller,
  cast: Cast,
  about: string,
  items: readonly string[],
): Promise<void> {
  const { roche, petit } = cast.people;
  await teller.tell(by(roche), 'lina-told-team', `${about}/informations`, {
    items,
    recipients: [to(petit)],
    purposes: ['disability-assessment'],
    form: 'written',
    effectiveAt: '2026-02-20',
  });
  await teller.on('2026-03-10');
  await teller.tell(by(roche), 'lina-1', `${about}/disclosures`, {
    items: items.map((item) => ({ item, justification: 'Nécessaire à l’évaluation.' })),
    recipients: [to(petit)],
    purpose: 'disability-assessment',
    objective: 'Plan de compensation',
    benefit: 'Une aide technique adaptée',
    provision: 'casf-l241-10-team',
    frame: 'exchange',
    channel: 'oral',
    retentionRule: 'mdph-file',
    responsibleManager: 'Direction de la MDPH',
    effectiveAt: '2026-03-10',
  });
}

/** Case 1b: refused without her agreement, recorded with it. */
function toSavs(cast: Cast, item: string, day: string): Body {
  return {
    items: [{ item, justification: 'Adapter l’accompagnement quotidien.' }],
    recipients: [to(cast.people.aune)],
    purpose: 'disability-support',
    objective: 'Plan de compensation',
    benefit: 'Un accompagnement qui tient compte de ses limites',
    provision: 'casf-l241-10-outside',
    frame: 'transmission',
    channel: 'secure-messaging',
    retentionRule: 'cnil-social-files',
    responsibleManager: 'Direction de la MDPH',
    effectiveAt: day,
    retainUntil: '2027-03-13',
  };
}

/** Told on 12 March, agreed the same day: the SAVS, and through it the workshop. */
async function agree(teller: Teller, cast: Cast, person: string, item: string): Promise<string> {
  const { petit, aune, ferry } = cast.people;
  const about = `/v1/persons/${person}`;
  const purposes = ['disability-support', 'social-follow-up'];
  const informed = await teller.tell(by(petit), 'lina-told-savs', `${about}/informations`, {
    items: [item],
    recipients: [to(aune), to(ferry)],
    purposes,
    provision: 'casf-l241-10-outside',
    form: 'written',
    effectiveAt: '2026-03-12',
  });
  const caller = `person:${person};assisted-by=${petit.mandate}`;
  const consent = await teller.tell(caller, 'lina-agrees', `${about}/consents`, {
    items: [item],
    recipients: [to(aune)],
    onward: [to(ferry)],
    purposes,
    explicit: true,
    means: 'written',
    information: informed['information'],
    effectiveAt: '2026-03-12',
    validUntil: '2027-03-12',
  });
  return consent['consent'] as string;
}

/** The third hop: from the SAVS to the workshop, as the consent allows onward. */
async function passOn(
  teller: Teller,
  cast: Cast,
  about: string,
  item: string,
  consent: string,
): Promise<string> {
  const { aune, ferry } = cast.people;
  const told = await teller.tell(by(aune), 'lina-onward', `${about}/disclosures`, {
    items: [{ item, justification: 'Aménager le poste à l’atelier.' }],
    recipients: [to(ferry)],
    purpose: 'social-follow-up',
    objective: 'Stage en atelier protégé',
    benefit: 'Un poste aménagé dès le premier jour',
    provision: 'csp-l1110-4-iii-outside-team',
    consents: [consent],
    frame: 'transmission',
    channel: 'phone',
    retentionRule: 'cnil-social-files',
    responsibleManager: 'Direction du SAVS',
    effectiveAt: '2026-03-20',
    retainUntil: '2026-09-20',
  });
  return told['disclosure'] as string;
}

/** In part: the workshop no longer, the SAVS still. */
async function withdraw(teller: Teller, cast: Cast, person: string, consent: string): Promise<void> {
  const path = `/v1/persons/${person}/consents/${consent}/withdrawals`;
  await teller.tell(`person:${person}`, 'lina-withdraws', path, {
    means: 'written',
    excluded: { recipients: [{ kind: 'institution', institution: cast.institutions.esat }] },
    effectiveAt: '2026-04-20',
  });
}

async function purge(teller: Teller, cast: Cast, about: string, item: string): Promise<void> {
  const { ferry } = cast.people;
  await teller.tell(by(ferry), 'lina-purge', `${about}/purges`, {
    items: [item],
    holder: to(ferry),
    remains: 'memory',
    why: 'Dit par téléphone : ne peut être désappris. Notes détruites.',
    effectiveAt: '2026-04-27',
  });
}
