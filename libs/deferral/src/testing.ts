import { asId, recorded, streamName, type Effective } from '#decider';
import { disclosureTesting, type RecordDisclosure } from '#disclosure';
import { deferralFold, personTesting, type DeferralEvent, type KnownDeferral } from '#person';
import { civilDate } from '#time';
import type { DeferInformation } from './defer-information/defer-information.js';

const { anIntention, id, SSIAD } = personTesting;
const { nurse, noel } = disclosureTesting;

export const REASON = 'Représailles à craindre';

export function deferring(
  overrides: Partial<DeferInformation> = {},
  intended: RecordDisclosure = anIntention(),
): DeferInformation {
  const said = {
    ground: 'interest-of-the-child',
    reason: REASON,
    reviewBy: civilDate('2026-05-01'),
  } as const;
  return { deferral: id('Deferral', 1), ...said, intended, ...overrides };
}

export const deferred: DeferralEvent = {
  type: 'InformationDeferred',
  data: {
    deferral: id('Deferral', 1),
    person: id('Person', 1),
    institution: SSIAD,
    ground: 'interest-of-the-child',
    reason: REASON,
    reviewBy: civilDate('2026-05-01') as Effective,
  },
};

export const toNoel: DeferralEvent = {
  type: 'DisclosureRecorded',
  data: {
    ...anIntention().act,
    discloser: nurse,
    recipients: [noel],
    basis: { consents: [], restsOn: 'provision' },
    cites: [],
  },
  effectiveAt: civilDate('2026-02-28'),
};

/** A deferral of which this is on record. */
export function aDeferral(...events: readonly DeferralEvent[]): KnownDeferral {
  const stream = streamName('deferral', id('Deferral', 1));
  const state = [deferred, ...events].reduce(
    (known, event, i) => deferralFold.evolve(known, recorded(event, i, { stream, id: asId(`event-${i}`) })),
    deferralFold.initial,
  );
  if (state.status !== 'open' && state.status !== 'ended') throw new Error('It is not known.');
  return state;
}
