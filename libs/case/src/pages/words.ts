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
    regime: catalogue.provision(asCode(regime))?.citation ?? regime,
  };
}
