import { asId, recorded, type Instant, type Recorded } from '#decider';
import {
  personFold,
  personTesting,
  type ActivePerson,
  type DisclosureRecorded,
  type PersonEvent,
} from '#person';
import { civilDate } from '#time';

const { aConsent, anIntention, described, id, NURSE, SOCIAL_WORKER, SSIAD, CCAS } = personTesting;

export const nurse = { kind: 'mandate', mandate: NURSE, institution: SSIAD } as const;
export const noel = { kind: 'mandate', mandate: SOCIAL_WORKER, institution: CCAS } as const;
export const helper = {
  kind: 'mandate',
  mandate: id('Mandate', 3),
  institution: id('Institution', 3),
} as const;
export const NOW = '2026-03-01T12:00:00.000Z' as Instant;

/** Henri's consent to the CCAS, and through it to the helpers. */
export const consented: PersonEvent = {
  type: 'ConsentGranted',
  data: aConsent({ onward: [helper] }),
  effectiveAt: civilDate('2026-01-09'),
};

type Told = Pick<DisclosureRecorded['data'], 'discloser' | 'recipients'> & { readonly consent?: number };

/** Act `n`: item 1, on consent 1 unless another is named. */
export function told(n: number, { discloser, recipients, consent = 1 }: Told, day: string): PersonEvent {
  const { act } = anIntention();
  const data: DisclosureRecorded['data'] = {
    ...act,
    disclosure: id('Disclosure', n),
    discloser,
    recipients,
    basis: { consents: [id('Consent', consent)], restsOn: 'consent' },
    cites: [],
  };
  return { type: 'DisclosureRecorded', data, effectiveAt: civilDate(day) };
}

export function withdrawn(consent = 1, day = '2026-02-20'): PersonEvent {
  const excluded = { items: [], categories: [], recipients: [], purposes: [] };
  return {
    type: 'ConsentWithdrawn',
    data: { consent: id('Consent', consent), by: { kind: 'person' }, means: 'oral', excluded },
    effectiveAt: civilDate(day),
  };
}

/** Henri before the last event, with it, and that event. */
export function around(...events: readonly PersonEvent[]) {
  const registered: PersonEvent = {
    type: 'PersonRegistered',
    data: {
      person: id('Person', 1),
      familyName: 'L.',
      givenName: 'Henri',
      birthDate: '1948-03-12',
      distinctFrom: [],
    },
  };
  const all = [registered, described(), ...events].map((event, i) => ({
    ...recorded(event, i),
    id: asId<'Event'>(`event-${i}`),
  })) as Recorded<PersonEvent>[];
  const fold = (count: number) =>
    all.slice(0, count).reduce((s, event) => personFold.evolve(s, event), personFold.initial) as ActivePerson;
  return { before: fold(all.length - 1), after: fold(all.length), event: all.at(-1)! };
}
