import { asCode, recorded, type Instant, type Recorded } from '#decider';
import { personFold, personTesting, type ActivePerson, type PersonEvent, type ReportedData } from '#person';
import { civilDate } from '#time';
import { ITEM, nurse, worker } from '../duties/story.testing.js';

const { aConsent, described, id, NURSE } = personTesting;
export const ON_CONSENT = { consents: [id('Consent', 1)], restsOn: 'consent' } as const;
export const BY_LAW = {
  provision: asCode<'Provision'>('casf-l226-2-1'),
  consents: [],
  restsOn: 'provision',
} as const;
export const at = (day: string) => ({ effectiveAt: civilDate(day) });

/** Act `n`, told on 9 January unless said otherwise. */
export function told(n: number, more: Partial<ReportedData>, day = '2026-01-09'): PersonEvent {
  const act = {
    disclosure: id('Disclosure', n),
    discloser: nurse,
    items: [{ item: ITEM }],
    recipients: [worker],
    purpose: asCode<'Purpose'>('care-coordination'),
    basis: BY_LAW,
    reporter: NURSE,
    source: 'note',
    certainty: 'certain' as const,
    ...more,
  };
  return { type: 'DisclosureReported', data: act, ...at(day) };
}
export const withdrawn = (day: string): PersonEvent => ({
  type: 'ConsentWithdrawn',
  data: {
    consent: id('Consent', 1),
    by: { kind: 'person' },
    means: 'written',
    excluded: { items: [], categories: [], recipients: [], purposes: [] },
  },
  ...at(day),
});
export const granted: PersonEvent = {
  type: 'ConsentGranted',
  data: aConsent({ validFrom: civilDate('2026-01-08') }),
  ...at('2026-01-08'),
};

/** Henri, about whom everything is recorded on 10 January 2026. */
export function henri(...events: readonly PersonEvent[]): ActivePerson {
  const names = { givenName: 'Henri', familyName: 'L.', birthDate: '1948-03-12' };
  const person = { person: id('Person', 1), ...names, distinctFrom: [] };
  const all: readonly PersonEvent[] = [{ type: 'PersonRegistered', data: person }, described(), ...events];
  const recordedAt = '2026-01-10T12:00:00.000Z' as Instant;
  return all
    .map((event, n) => {
      const { effectiveAt = civilDate('2026-01-01') } = event;
      return { ...recorded(event, n), recordedAt, effectiveAt } as Recorded<PersonEvent>;
    })
    .reduce((state, event) => personFold.evolve(state, event), personFold.initial) as ActivePerson;
}
