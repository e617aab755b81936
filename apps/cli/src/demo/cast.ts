import type { Teller } from './teller.js';

/** A professional of the story, by the mandate under which they act. */
export interface Professional {
  readonly mandate: string;
  readonly institution: string;
}

interface Role {
  readonly who: readonly [givenName: string, familyName: string];
  readonly at: keyof typeof INSTITUTIONS;
  readonly function: string;
  readonly profession: string;
  readonly mission: string;
  readonly categories: readonly string[];
  readonly secrecy: readonly string[];
  readonly purposes: readonly string[];
}

const INSTITUTIONS = {
  ssiad: { name: 'SSIAD des Lilas', mission: 'Soins infirmiers à domicile' },
  ccas: { name: 'CCAS de Montclar', mission: 'Action sociale de la commune' },
  mdph: { name: 'MDPH du Vernay', mission: 'Droits des personnes handicapées' },
  savs: { name: 'SAVS Le Pont', mission: 'Accompagnement à la vie sociale' },
  esat: { name: 'ESAT Les Ateliers', mission: 'Travail protégé' },
  helpers: {
    name: 'Aide à domicile Soleil',
    mission: 'Aide à domicile',
    functions: [
      {
        function: 'home-helpers',
        name: 'Aides à domicile',
        categories: ['esms-staff'],
        secrecy: ['care-participation'],
        accessLog: true,
      },
      { function: 'sector-coordination', name: 'Coordination de secteur', categories: ['esms-staff'] },
    ],
  },
} as const;

const CARE = ['care-coordination', 'social-follow-up'];
const DISABILITY = ['disability-assessment', 'disability-support'];

const ROLES = {
  caron: {
    who: ['Claire', 'Caron'],
    at: 'ssiad',
    function: 'infirmière coordinatrice',
    profession: 'infirmière',
    mission: 'Soins à domicile de M. L. et d’autres patients',
    categories: ['nurse'],
    secrecy: ['health-profession'],
    purposes: CARE,
  },
  diarra: {
    who: ['Awa', 'Diarra'],
    at: 'ssiad',
    function: 'aide-soignante',
    profession: 'aide-soignante',
    mission: 'Soins à domicile',
    categories: ['health-professional', 'esms-staff'],
    secrecy: ['care-participation'],
    purposes: CARE,
  },
  noel: {
    who: ['Marc', 'Noël'],
    at: 'ccas',
    function: 'assistant de service social',
    profession: 'assistant de service social',
    mission: 'Suivi social des personnes âgées',
    categories: ['social-worker'],
    secrecy: ['social-work-profession'],
    purposes: CARE,
  },
  roche: {
    who: ['Hélène', 'Roche'],
    at: 'mdph',
    function: 'médecin de l’équipe pluridisciplinaire',
    profession: 'médecin',
    mission: 'Évaluation du handicap',
    categories: ['physician', 'mdph-team-member'],
    secrecy: ['health-profession', 'mdph-commission'],
    purposes: DISABILITY,
  },
  petit: {
    who: ['Julien', 'Petit'],
    at: 'mdph',
    function: 'ergothérapeute de l’équipe pluridisciplinaire',
    profession: 'ergothérapeute',
    mission: 'Évaluation du handicap',
    categories: ['health-professional', 'mdph-team-member'],
    secrecy: ['mdph-commission'],
    purposes: DISABILITY,
  },
  aune: {
    who: ['Sophie', 'Aune'],
    at: 'savs',
    function: 'éducatrice spécialisée',
    profession: 'éducatrice spécialisée',
    mission: 'Accompagnement de Mme B.',
    categories: ['educator', 'esms-staff'],
    secrecy: ['care-participation'],
    purposes: ['disability-support', 'social-follow-up'],
  },
  ferry: {
    who: ['Paul', 'Ferry'],
    at: 'esat',
    function: 'moniteur d’atelier',
    profession: 'éducateur technique',
    mission: 'Accompagnement au travail protégé',
    categories: ['educator', 'esms-staff'],
    secrecy: ['care-participation'],
    purposes: ['social-follow-up'],
  },
} as const satisfies Record<string, Role>;

export interface Cast {
  readonly institutions: Readonly<Record<keyof typeof INSTITUTIONS, string>>;
  readonly people: Readonly<Record<keyof typeof ROLES, Professional>>;
}

/** Institutions, professionals and the mandates under which they act. */
export async function assemble(teller: Teller): Promise<Cast> {
  await teller.on('2026-01-02');
  const institutions: Record<string, string> = {};
  for (const [key, institution] of Object.entries(INSTITUTIONS)) {
    const told = await teller.tell('client:story', `institution-${key}`, '/v1/institutions', institution);
    institutions[key] = told['institution'] as string;
  }
  const people: Record<string, Professional> = {};
  for (const [key, role] of Object.entries(ROLES)) {
    const { who, at, ...rest } = role;
    const [givenName, familyName] = who;
    const names = { givenName, familyName };
    const actor = await teller.tell('client:story', `actor-${key}`, '/v1/actors', names);
    const mandates = `/v1/institutions/${institutions[at]}/mandates`;
    const mandate = { actor: actor['actor'], ...rest, validFrom: '2024-01-01' };
    const told = await teller.tell('client:story', `mandate-${key}`, mandates, mandate);
    people[key] = { mandate: told['mandate'] as string, institution: institutions[at]! };
  }
  await seatTheTeam(teller, institutions['mdph']!, [people['roche']!, people['petit']!]);
  return { institutions, people } as unknown as Cast;
}

/** The multidisciplinary team of the MDPH: its members share under its text (CASF L241-10). */
async function seatTheTeam(
  teller: Teller,
  institution: string,
  members: readonly Professional[],
): Promise<void> {
  const told = await teller.tell('client:story', 'commission-mdph', '/v1/commissions', {
    kind: 'MDPH-EP',
    name: 'Équipe pluridisciplinaire de la MDPH',
    institution,
    purpose: 'disability-assessment',
    regime: 'casf-l241-10-team',
  });
  for (const [i, { mandate }] of members.entries())
    await teller.tell(
      'client:story',
      `member-mdph-${i}`,
      `/v1/commissions/${String(told['commission'])}/members`,
      {
        mandate,
        validFrom: '2024-01-01',
      },
    );
}

export function by({ mandate }: Professional): string {
  return `mandate:${mandate}`;
}

export function to(professional: Professional) {
  return { kind: 'mandate', mandate: professional.mandate };
}
