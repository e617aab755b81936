export interface Role {
  readonly who: readonly [givenName: string, familyName: string];
  readonly at: keyof typeof INSTITUTIONS;
  readonly function: string;
  readonly profession: string;
  readonly mission: string;
  readonly categories: readonly string[];
  readonly secrecy: readonly string[];
  readonly purposes: readonly string[];
}

export const INSTITUTIONS = {
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
  departement: { name: 'Maison des solidarités de Montclar', mission: 'Service social du Département' },
  ddt: { name: 'DDT du Vernay', mission: 'Secrétariat et instruction de la CCAPEX' },
  plan: { name: 'Service logement du Vernay', mission: 'Organisme désigné par le PDALHPD' },
  landlord: { name: 'Vernay Habitat', mission: 'Logement social' },
  mediation: { name: 'Médiation de Vernay Habitat', mission: 'Médiation locative' },
  fsl: { name: 'Fonds de solidarité pour le logement', mission: 'Aides au maintien dans le logement' },
} as const;

const CARE = ['care-coordination', 'social-follow-up'];
const DISABILITY = ['disability-assessment', 'disability-support'];
const EVICTION = ['eviction-prevention'];

export const ROLES = {
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
  sow: {
    who: ['Fatou', 'Sow'],
    at: 'departement',
    function: 'assistante de service social',
    profession: 'assistante de service social',
    mission: 'Accompagnement social des ménages',
    categories: ['social-worker'],
    secrecy: ['social-work-profession'],
    purposes: [...EVICTION, 'social-follow-up'],
  },
  vidal: {
    who: ['Anne', 'Vidal'],
    at: 'ddt',
    function: 'instructrice de la CCAPEX',
    profession: 'attachée',
    mission: 'Instruction des situations d’impayés',
    categories: ['ccapex-instructor'],
    secrecy: ['ccapex-commission'],
    purposes: EVICTION,
  },
  lopez: {
    who: ['Inès', 'Lopez'],
    at: 'plan',
    function: 'chargée du maintien dans le logement',
    profession: 'conseillère en économie sociale et familiale',
    mission: 'Plan départemental pour le logement',
    categories: ['pdalhpd-designated-body', 'social-worker'],
    secrecy: ['ccapex-commission'],
    purposes: EVICTION,
  },
  bonnet: {
    who: ['Luc', 'Bonnet'],
    at: 'landlord',
    function: 'responsable du contentieux',
    profession: 'juriste',
    mission: 'Gestion des impayés',
    categories: ['ccapex-member'],
    secrecy: ['ccapex-commission'],
    purposes: EVICTION,
  },
  marchand: {
    who: ['Élise', 'Marchand'],
    at: 'landlord',
    function: 'conseillère logement',
    profession: 'conseillère clientèle',
    mission: 'Accompagnement des locataires',
    categories: [],
    secrecy: [],
    purposes: EVICTION,
  },
  haddad: {
    who: ['Karim', 'Haddad'],
    at: 'mediation',
    function: 'médiateur',
    profession: 'médiateur',
    mission: 'Médiation entre locataire et bailleur',
    categories: [],
    secrecy: [],
    purposes: EVICTION,
  },
  perrin: {
    who: ['Nadia', 'Perrin'],
    at: 'fsl',
    function: 'gestionnaire des aides',
    profession: 'gestionnaire',
    mission: 'Instruction des aides du FSL',
    categories: ['social-aid-officer'],
    secrecy: ['social-aid-function'],
    purposes: EVICTION,
  },
} as const satisfies Record<string, Role>;
