import { CATALOGUE_STREAM, firstRevision, loadCatalogue, type CatalogueRevised } from '#catalogue';
import { commissionStream, type CommissionData, type CommissionEvent } from '#commission';
import { asCode, recorded, type Recorded, type StreamName } from '#decider';
import { institutionStream, type InstitutionEvent, type InstitutionId, type MandateData } from '#directory';
import { personTesting } from '#person';
import { civilDate } from '#time';
import { elsewhereFold, type Elsewhere, type ElsewhereEvent } from './elsewhere.js';

/** What happens in streams that are not about persons. For tests only. */
export type Happening = readonly [stream: StreamName, event: ElsewhereEvent];

const { CCAS, id, nurseMandate, SOCIAL_WORKER, SSIAD } = personTesting;
export const TEAM = id('Commission', 1);
export const SESSION = id('Session', 1);

export const catalogue: Happening = [
  CATALOGUE_STREAM,
  { type: 'CatalogueRevised', data: firstRevision(loadCatalogue()) } as CatalogueRevised,
];

/** The catalogue from its first day on with this provision changed. */
export function amended(code: string, changes: object, validFrom: string, n = 0): Happening {
  const { version, sections } = loadCatalogue().content;
  const entry = { ...sections.provisions.find(({ id: one }) => one === code)!, ...changes };
  const data = {
    ...version,
    version: `after ${validFrom}, ${n}`,
    validFrom,
    changed: [{ section: 'provisions', entry }],
  };
  return [CATALOGUE_STREAM, { type: 'CatalogueRevised', data } as unknown as CatalogueRevised];
}

export function at(institution: InstitutionId, event: InstitutionEvent): Happening {
  return [institutionStream(institution), event];
}

export function registered(institution: InstitutionId, functions?: readonly object[]): Happening {
  const data = { institution, name: 'Service', mission: 'Soins', ...(functions ? { functions } : {}) };
  return at(institution, { type: 'InstitutionRegistered', data } as InstitutionEvent);
}

export function given(institution: InstitutionId, overrides: Partial<MandateData> = {}): Happening {
  const { revision: _, ...data } = nurseMandate();
  return at(institution, { type: 'MandateGiven', data: { ...data, ...overrides } });
}

export function ended(institution: InstitutionId, mandate: MandateData['mandate'], until: string): Happening {
  return at(institution, { type: 'MandateEnded', data: { mandate, until: civilDate(until) } });
}

export function inCommission(event: CommissionEvent): Happening {
  return [commissionStream(TEAM), event];
}

export const constituted = (data: Partial<CommissionData> = {}): Happening =>
  inCommission({
    type: 'CommissionConstituted',
    data: {
      commission: TEAM,
      kind: 'MDPH-EP',
      name: 'Équipe',
      institution: SSIAD,
      purpose: asCode('disability-assessment'),
      regime: asCode('casf-l241-10-team'),
      ...data,
    },
  });

export const SOCIAL_WORKERS = {
  mandate: SOCIAL_WORKER,
  actor: id('Actor', 2),
  categories: ['social-worker'],
  secrecy: [{ binding: asCode<'Binding'>('social-work-profession'), firm: true }],
  function: 'assistante sociale',
};

/** The nurse of the SSIAD and the social worker of the CCAS, and the catalogue that ships. */
export const TERRITORY: readonly Happening[] = [
  catalogue,
  registered(SSIAD),
  registered(CCAS),
  given(SSIAD),
  given(CCAS, SOCIAL_WORKERS),
];

export function elsewhereAfter(...happenings: readonly Happening[]): Elsewhere {
  return happeningEvents(happenings).reduce(
    (state, event) => elsewhereFold.evolve(state, event),
    elsewhereFold.initial,
  );
}

/** As their streams have them. */
export function happeningEvents(happenings: readonly Happening[]): readonly Recorded<ElsewhereEvent>[] {
  const revisions = new Map<StreamName, number>();
  return happenings.map(([stream, event], n) => {
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    return { ...recorded(event, n), stream, revision } as Recorded<ElsewhereEvent>;
  });
}
