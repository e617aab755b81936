import { by, to, type Cast } from './cast.js';
import type { Teller } from './teller.js';

/** Case 1 and what follows from it: an assessment, a support service, a workshop, then a withdrawal. */
export interface LinasStory {
  readonly person: string;
  readonly item: string;
  readonly lastDisclosure: string;
  readonly refusals: readonly string[];
}

export async function tellLina(teller: Teller, cast: Cast): Promise<LinasStory> {
  const { roche, petit, aune, ferry } = cast.people;
  await teller.on('2026-02-20');
  const registered = await teller.tell(by(roche), 'lina', '/v1/persons', {
    givenName: 'Lina',
    familyName: 'Benali',
    birthDate: '1991-11-04',
  });
  const person = registered['person'] as string;
  const about = `/v1/persons/${person}`;
  await teller.tell(by(aune), 'lina-care-aune', `${about}/care-relations`, {
    mandate: aune.mandate,
    team: 'savs-le-pont',
    effectiveAt: '2026-02-20',
  });
  const limits = await describe(teller, cast, about, 'limits', 'functional-impact', 'limites fonctionnelles');
  const treatment = await describe(
    teller,
    cast,
    about,
    'treatment',
    'health-data',
    'contraintes de traitement',
  );
  await teller.tell(by(roche), 'lina-told-team', `${about}/informations`, {
    items: [limits, treatment],
    recipients: [to(petit)],
    purposes: ['disability-assessment'],
    form: 'written',
    effectiveAt: '2026-02-20',
  });

  await teller.on('2026-03-10');
  const common = { objective: 'Plan de compensation', responsibleManager: 'Direction de la MDPH' };
  await teller.tell(by(roche), 'lina-1', `${about}/disclosures`, {
    ...common,
    items: [limits, treatment].map((item) => ({ item, justification: 'Nécessaire à l’évaluation.' })),
    recipients: [to(petit)],
    purpose: 'disability-assessment',
    benefit: 'Une aide technique adaptée',
    provision: 'casf-l241-10-team',
    frame: 'exchange',
    channel: 'oral',
    effectiveAt: '2026-03-10',
  });
  const toSavs = (day: string) => ({
    ...common,
    items: [{ item: limits, justification: 'Adapter l’accompagnement quotidien.' }],
    recipients: [to(aune)],
    purpose: 'disability-support',
    benefit: 'Un accompagnement qui tient compte de ses limites',
    provision: 'casf-l241-10-outside',
    frame: 'transmission',
    channel: 'secure-messaging',
    effectiveAt: day,
    retainUntil: '2027-03-13',
  });
  await teller.on('2026-03-11');
  const early = await teller.tellRefused(
    by(petit),
    'lina-1b-early',
    `${about}/disclosures`,
    toSavs('2026-03-11'),
  );

  const consent = await agree(teller, cast, about, limits);
  await teller.on('2026-03-13');
  await teller.tell(by(petit), 'lina-1b', `${about}/disclosures`, toSavs('2026-03-13'));

  await teller.on('2026-03-20');
  const last = await teller.tell(by(aune), 'lina-onward', `${about}/disclosures`, {
    items: [{ item: limits, justification: 'Aménager le poste à l’atelier.' }],
    recipients: [to(ferry)],
    purpose: 'social-follow-up',
    objective: 'Stage en atelier protégé',
    benefit: 'Un poste aménagé dès le premier jour',
    provision: 'csp-l1110-4-iii-outside-team',
    consents: [consent],
    frame: 'transmission',
    channel: 'phone',
    responsibleManager: 'Direction du SAVS',
    effectiveAt: '2026-03-20',
    retainUntil: '2026-09-20',
  });
  await teller.on('2026-04-20');
  await teller.tell(`person:${person}`, 'lina-withdraws', `${about}/consents/${consent}/withdrawals`, {
    means: 'written',
    excluded: { recipients: [{ kind: 'institution', institution: cast.institutions.esat }] },
    effectiveAt: '2026-04-20',
  });
  await teller.on('2026-04-27');
  await teller.tell(by(ferry), 'lina-purge', `${about}/purges`, {
    items: [limits],
    holder: to(ferry),
    remains: 'memory',
    why: 'Dit par téléphone : ne peut être désappris. Notes détruites.',
    effectiveAt: '2026-04-27',
  });
  return {
    person,
    item: limits,
    lastDisclosure: last['disclosure'] as string,
    refusals: [String(early['detail'])],
  };
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

/** Told on 12 March, agreed the same day: the SAVS, and through it the workshop. */
async function agree(teller: Teller, cast: Cast, about: string, item: string): Promise<string> {
  const { petit, aune, ferry } = cast.people;
  await teller.on('2026-03-12');
  const scope = {
    items: [item],
    recipients: [to(aune), to(ferry)],
    purposes: ['disability-support', 'social-follow-up'],
  };
  const informed = await teller.tell(by(petit), 'lina-told-savs', `${about}/informations`, {
    ...scope,
    provision: 'casf-l241-10-outside',
    form: 'written',
    effectiveAt: '2026-03-12',
  });
  const person = about.split('/').at(-1)!;
  const consent = await teller.tell(
    `person:${person};assisted-by=${petit.mandate}`,
    'lina-agrees',
    `${about}/consents`,
    {
      ...scope,
      onward: [to(ferry)],
      explicit: true,
      means: 'written',
      information: informed['information'],
      effectiveAt: '2026-03-12',
      validUntil: '2027-03-12',
    },
  );
  return consent['consent'] as string;
}
