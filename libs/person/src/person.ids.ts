import { streamName, type Code, type Id, type StreamName } from '#decider';

export type PersonId = Id<'Person'>;
export type RepresentativeId = Id<'Representative'>;
export type InformationId = Id<'Information'>;
export type ItemId = Id<'Item'>;
export type OutsiderId = Id<'Outsider'>;
export type ConsentId = Id<'Consent'>;
export type ObjectionId = Id<'Objection'>;
export type DisclosureId = Id<'Disclosure'>;
export type NoticeId = Id<'Notice'>;
export type DeferralId = Id<'Deferral'>;

export type PurposeCode = Code<'Purpose'>;
export type CategoryCode = Code<'Category'>;
export type ProvisionCode = Code<'Provision'>;
export type Level = 'public' | 'personal' | 'confidential' | 'secret';

export function personStream(person: PersonId): StreamName {
  return streamName('person', person);
}

/** One page of a question over many persons: a stream of its own, so that nobody waits for anybody. */
export function searchStream(search: Id<'Search'>): StreamName {
  return streamName('search', search);
}

export function accessStream(person: PersonId): StreamName {
  return streamName('access', person);
}

/** Its name tells nobody whose it is: the key store does. */
export function deferralStream(deferral: DeferralId): StreamName {
  return streamName('deferral', deferral);
}
