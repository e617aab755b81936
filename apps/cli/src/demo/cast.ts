import { INSTITUTIONS, ROLES } from './roles.js';
import type { Teller } from './teller.js';

/** A professional of the story, by the mandate under which they act. */
export interface Professional {
  readonly mandate: string;
  readonly institution: string;
}

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

/** As people call whoever the ledger names `mandate:<id>` or `institution:<id>`. */
export function nameOf({ people, institutions }: Cast, key: string): string {
  const id = key.slice(key.indexOf(':') + 1);
  const role = Object.entries(people).find(([, { mandate }]) => mandate === id)?.[0];
  if (role !== undefined) {
    const { who, at } = ROLES[role as keyof typeof ROLES];
    return `${who.join(' ')} (${INSTITUTIONS[at].name})`;
  }
  const at = Object.entries(institutions).find(([, institution]) => institution === id)![0];
  return INSTITUTIONS[at as keyof typeof INSTITUTIONS].name;
}

export function by({ mandate }: Professional): string {
  return `mandate:${mandate}`;
}

export function to(professional: Professional) {
  return { kind: 'mandate', mandate: professional.mandate };
}
