import type { PointNumber, State, Verdict } from '#assessment';
import type { Catalogue } from '#catalogue';
import { asCode } from '#decider';
import type { ProfessionalView } from '../views.js';

/** The nine points of attention, in few words. */
export const POINT_NAMES: Readonly<Record<PointNumber, string>> = {
  1: 'Objectif et utilité',
  2: 'Confidentialité',
  3: 'Secret et loi',
  4: 'Information et accord',
  5: 'Légitimité de chacun',
  6: 'Secret de chacun',
  7: 'Strict nécessaire',
  8: 'Autres institutions',
  9: 'Parcours et conservation',
};

export const STATE_NAMES: Readonly<Record<State, string>> = {
  block: 'Bloquant',
  escalate: 'À décider par une personne désignée',
  warn: 'Attention',
  document: 'À consigner',
  ok: 'En ordre',
  'not-applicable': 'Sans objet',
};

export const VERDICT_NAMES: Readonly<Record<Verdict, string>> = {
  allow: 'Le partage est possible.',
  'allow-with-duties': 'Le partage est possible, avec les obligations indiquées.',
  escalate: 'Une personne désignée doit décider, avec un motif écrit.',
  deny: 'Le partage n’est pas possible en l’état.',
};

export function professional({ name, function: role, institutionName }: ProfessionalView): string {
  const who = [name ?? 'Nom effacé', role].filter((part) => part !== null).join(', ');
  return institutionName === null ? who : `${who} (${institutionName})`;
}

/** The commission's purpose and the text under which it shares, by their names. */
export function frameOf(
  catalogue: Catalogue,
  { purpose, regime }: { readonly purpose: string; readonly regime: string },
): { readonly purpose: string; readonly regime: string } {
  return {
    purpose: catalogue.purpose(asCode(purpose))?.name.fr ?? purpose,
    regime: [citationOf(catalogue, regime), ...cautionsOn(catalogue, [regime])].join('. '),
  };
}

function citationOf(catalogue: Catalogue, provision: string): string {
  return catalogue.provision(asCode(provision))?.citation ?? provision;
}

/** What to know of provisions that nobody read, or whose reading is doubted: each caution once. */
export function cautionsOn(catalogue: Catalogue, provisions: readonly string[]): readonly string[] {
  const cautions = provisions.map((id) => catalogue.provision(asCode(id))?.reliability.caution?.fr);
  return [...new Set(cautions.filter((caution) => caution !== undefined))];
}
