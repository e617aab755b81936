import { List, Map as ImmutableMap, Set as ImmutableSet } from 'immutable';
import type { Fold, Recorded } from '#decider';
import { asPlaced, inPlace } from './deferral/placed.js';
import { disclosureEvolvers } from './disclosure.js';
import type { DisclosureData, DisclosureEscalated } from './disclosure.events.js';
import { followUpEvolvers } from './follow-up.js';
import { identityEvolvers } from './identity.js';
import type { PersonRegistered } from './identity.events.js';
import { itemEvolvers } from './item.js';
import type { PersonEvent } from './person.events.js';
import type { ItemId } from './person.ids.js';
import type { ActivePerson, Evolvers, Person } from './person.state.js';
import { willEvolvers } from './will.js';
import type { DeferralRevealed, Placed } from './will.events.js';

type LaterEvent = Exclude<PersonEvent, { type: 'PersonRegistered' | 'DeferralRevealed' | 'StreamClosed' }>;

const evolvers: Evolvers<LaterEvent> = {
  ...identityEvolvers,
  ...willEvolvers,
  ...itemEvolvers,
  ...disclosureEvolvers,
  ...followUpEvolvers,
};

export const personFold: Fold<Person, Recorded<PersonEvent>> = {
  initial: { status: 'unknown' },
  evolve(state, event) {
    if (event.type === 'StreamClosed') return { status: 'closed' };
    if (event.type === 'PersonRegistered') return registered(event.data);
    if (state.status !== 'active') return state;
    return event.type === 'DeferralRevealed' ? reveal(state, event) : evolveActive(state, event);
  },
};

/**
 * The person as if these events, which stand on other streams of theirs, stood on their own. What they tell of is not
 * for the person, nor for who speaks for them, while it is deferred.
 */
export function withPlaced(person: ActivePerson, placed: readonly Placed[]): ActivePerson {
  const deferred = person.deferred.union(placed.flatMap(({ event }) => itemsToldBy(event.data)));
  return { ...placedInto(person, placed), deferred };
}

function placedInto(person: ActivePerson, placed: readonly Placed[]): ActivePerson {
  const events = inPlace(placed).map((one) => asPlaced<LaterEvent>(one));
  return events.reduce(evolveActive, person);
}

/** Of an act, or of one that waits for a decision. */
function itemsToldBy(data: unknown): readonly ItemId[] {
  const {
    discloser,
    items = [],
    act,
  } = data as Partial<DisclosureData> & Partial<DisclosureEscalated['data']>;
  const told = act?.act.items ?? (discloser ? items : []);
  return told.map(({ item }) => item);
}

/** What was deferred becomes the person's as it happened, in its place. */
function reveal(person: ActivePerson, { data }: Recorded<DeferralRevealed>): ActivePerson {
  const known = placedInto(person, data.facts);
  return { ...known, revealed: known.revealed.push(data.deferral) };
}

function evolveActive(person: ActivePerson, event: Recorded<LaterEvent>): ActivePerson {
  const evolve = evolvers[event.type] as (person: ActivePerson, event: Recorded<LaterEvent>) => ActivePerson;
  return evolve(person, event);
}

/** Every type of event that a person's stream can hold: storage format, never renamed. */
export const PERSON_EVENT_TYPES: readonly string[] = [
  'PersonRegistered',
  ...Object.keys(evolvers),
  'DeferralRevealed',
  'StreamClosed',
];

function registered(identity: PersonRegistered['data']): ActivePerson {
  return {
    status: 'active',
    identity,
    merged: List(),
    care: ImmutableMap(),
    capacity: List(),
    representations: ImmutableMap(),
    outsiders: ImmutableMap(),
    informations: ImmutableMap(),
    revealed: List(),
    consents: ImmutableMap(),
    refusals: ImmutableMap(),
    objections: ImmutableMap(),
    items: ImmutableMap(),
    holdings: ImmutableMap(),
    acts: ImmutableMap(),
    deferred: ImmutableSet(),
    actsByItem: ImmutableMap(),
    purges: ImmutableMap(),
    refused: List(),
    escalations: ImmutableMap(),
    cases: ImmutableMap(),
    notices: ImmutableMap(),
    treatments: ImmutableMap(),
    accessRequests: ImmutableMap(),
    legalHolds: ImmutableMap(),
    erasureRequested: null,
  };
}
