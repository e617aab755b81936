import { loadCatalogue } from '#catalogue';
import { asCode, asId, recorded, type Decision, type Instant, type Rejection } from '#decider';
import type { InstitutionId, Mandate, MandateId } from '#directory';
import { civilDate } from '#time';
import type { Intended } from './disclosure.events.js';
import type { RepresentationData } from './identity.events.js';
import type { Facts } from './person-desk.js';
import type { PersonEvent } from './person.events.js';
import { personFold } from './person.js';
import type { ActivePerson } from './person.state.js';
import type { ConsentData, InformationData, ObjectionData } from './will.events.js';

/** Ids of tests: `id('Item', 1)` is always the same. */
export function id<Kind extends string>(kind: Kind, n: number) {
  const tail = `${kind.length}${String(n).padStart(11, '0')}`.slice(-12);
  return asId<Kind>(`00000000-0000-4000-8000-${tail.padStart(12, '0')}`);
}

export const NURSE: MandateId = id('Mandate', 1);
export const SOCIAL_WORKER: MandateId = id('Mandate', 2);
export const SSIAD: InstitutionId = id('Institution', 1);
export const CCAS: InstitutionId = id('Institution', 2);

export const NOW = '2026-03-01T12:00:00.000Z' as Instant;

export function facts(overrides: Partial<Facts> = {}): Facts {
  const caller = { kind: 'mandate', id: NURSE } as const;
  const at = { callerInstitution: SSIAD };
  return { now: NOW, catalogue: loadCatalogue(), revision: 0, caller, ...at, ...overrides };
}

/** Henri, born 1948, about whom these events are on record. */
export function henri(...events: readonly PersonEvent[]): ActivePerson {
  const all: PersonEvent[] = [
    {
      type: 'PersonRegistered',
      data: {
        person: id('Person', 1),
        familyName: 'L.',
        givenName: 'Henri',
        birthDate: '1948-03-12',
        distinctFrom: [],
      },
    },
    ...events,
  ];
  const state = all.reduce((s, event, i) => personFold.evolve(s, recorded(event, i)), personFold.initial);
  if (state.status !== 'active') throw new Error('The person is not there.');
  return state;
}

/** An item of category functional-impact that the nurse observed. */
export function described(n = 1): PersonEvent {
  return {
    type: 'InformationDescribed',
    data: {
      item: id('Item', n),
      category: asCode<'Category'>('functional-impact'),
      label: 'risque de chute',
      level: 'secret',
      secretBy: [],
      keptFromParents: false,
      holding: {
        holder: { kind: 'mandate', mandate: NURSE, institution: SSIAD },
        purpose: asCode<'Purpose'>('care-coordination'),
        source: { kind: 'observation' },
      },
    },
  };
}

export function informed(overrides: Partial<InformationData> = {}): PersonEvent {
  return {
    type: 'PersonInformed',
    data: {
      information: id('Information', 1),
      to: { kind: 'person' },
      by: NURSE,
      items: [id('Item', 1)],
      categories: [],
      recipients: [{ kind: 'mandate', mandate: SOCIAL_WORKER, institution: CCAS }],
      purposes: [asCode<'Purpose'>('care-coordination')],
      form: 'oral',
      ...overrides,
    },
    effectiveAt: civilDate('2026-01-08'),
  };
}

export function aConsent(overrides: Partial<ConsentData> = {}): ConsentData {
  return {
    consent: id('Consent', 1),
    by: { kind: 'person' },
    items: [id('Item', 1)],
    categories: [],
    recipients: [{ kind: 'mandate', mandate: SOCIAL_WORKER, institution: CCAS }],
    purposes: [asCode<'Purpose'>('care-coordination')],
    explicit: true,
    onward: [],
    validFrom: civilDate('2026-01-09'),
    validUntil: civilDate('2026-12-31'),
    means: 'written',
    information: id('Information', 1),
    ...overrides,
  };
}

/** Somebody who may speak for Henri: representative `n`. */
export function representedBy(n: number, overrides: Partial<RepresentationData> = {}): PersonEvent {
  const representation: RepresentationData = {
    representative: id('Representative', n),
    kind: 'representation',
    domain: 'both',
    familyName: 'Lenoir',
    givenName: 'Paul',
    instrument: 'jugement du 2 octobre 2024',
    verified: true,
    validFrom: civilDate('2024-10-02'),
    ...overrides,
  };
  return {
    type: 'RepresentationEstablished',
    data: representation,
    effectiveAt: representation.validFrom,
  };
}

export function granted(overrides: Partial<ConsentData> = {}): PersonEvent {
  return { type: 'ConsentGranted', data: aConsent(overrides), effectiveAt: civilDate('2026-01-09') };
}

/** Item 1, from the nurse to the social worker, as she means it: case 4(b) of the worked cases. */
export function anIntention(overrides: Partial<Intended> = {}): Intended {
  const act: Intended['act'] = {
    disclosure: id('Disclosure', 1),
    discloser: { kind: 'mandate', mandate: NURSE, institution: SSIAD },
    items: [{ item: id('Item', 1), justification: 'Prévenir une chute.' }],
    recipients: [{ kind: 'mandate', mandate: SOCIAL_WORKER, institution: CCAS }],
    purpose: asCode<'Purpose'>('care-coordination'),
    objective: 'Sécuriser le maintien à domicile',
    benefit: 'Une salle de bains adaptée',
    frame: 'exchange',
    channel: 'secure-messaging',
    retentionRule: asCode<'Retention'>('cnil-social-files'),
    responsibleManager: 'Direction du SSIAD',
  };
  const provision = asCode<'Provision'>('csp-l1110-4-ii-exchange');
  return { act, provision, declared: {}, effectiveAt: civilDate('2026-02-28'), ...overrides };
}

/** Under which the nurse acts, since 2025. */
export function nurseMandate(overrides: Partial<Mandate> = {}): Mandate {
  return {
    mandate: NURSE,
    actor: id('Actor', 1),
    mission: 'Soins infirmiers à domicile',
    purposes: [asCode('care-coordination')],
    function: 'infirmière coordinatrice',
    profession: 'infirmière',
    categories: ['nurse'],
    secrecy: [{ binding: asCode('health-profession'), firm: true }],
    validFrom: civilDate('2025-01-01'),
    revision: 1,
    ...overrides,
  };
}

/** The rejection that a decision must be. */
export function rejectionOf(decision: Decision<PersonEvent>): Rejection {
  if (decision.kind === 'accepted') throw new Error('accepted');
  return decision.rejection;
}

/** Objection 1: to the CCAS, whatever it is about. */
export function objected(overrides: Partial<ObjectionData> = {}): PersonEvent {
  const objection: ObjectionData = {
    objection: id('Objection', 1),
    by: { kind: 'person' },
    items: [],
    categories: [],
    recipients: [{ kind: 'institution', institution: CCAS }],
    purposes: [],
    means: 'oral',
    ...overrides,
  };
  return { type: 'ObjectionRaised', data: objection, effectiveAt: civilDate('2026-02-20') };
}
