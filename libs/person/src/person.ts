import { List, Map as ImmutableMap } from 'immutable';
import type { Fold, Recorded } from '#decider';
import { disclosureEvolvers } from './disclosure.js';
import { followUpEvolvers } from './follow-up.js';
import { identityEvolvers } from './identity.js';
import type { PersonRegistered } from './identity.events.js';
import { itemEvolvers } from './item.js';
import type { PersonEvent } from './person.events.js';
import type { ActivePerson, Evolvers, Person } from './person.state.js';
import { willEvolvers } from './will.js';

type LaterEvent = Exclude<PersonEvent, { type: 'PersonRegistered' | 'StreamClosed' }>;

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
    return state.status === 'active' ? evolveActive(state, event) : state;
  },
};

function evolveActive(person: ActivePerson, event: Recorded<LaterEvent>): ActivePerson {
  const evolve = evolvers[event.type] as (person: ActivePerson, event: Recorded<LaterEvent>) => ActivePerson;
  return evolve(person, event);
}

/** Every type of event that a person's stream can hold: storage format, never renamed. */
export const PERSON_EVENT_TYPES: readonly string[] = [
  'PersonRegistered',
  ...Object.keys(evolvers),
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
