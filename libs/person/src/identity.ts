import { List } from 'immutable';
import type { IdentityEvent } from './identity.events.js';
import { fact, type CareRelation, type Evolvers } from './person.state.js';

export const identityEvolvers: Evolvers<Exclude<IdentityEvent, { type: 'PersonRegistered' }>> = {
  PersonMerged: (person, { data }) => ({ ...person, merged: person.merged.push(data.other) }),
  PersonDied: (person, { effectiveAt }) => ({ ...person, diedAt: effectiveAt }),
  CareRelationStarted: (person, event) => ({
    ...person,
    care: person.care.update(event.data.mandate, List<CareRelation>(), (all) => all.push(fact(event))),
  }),
  CareRelationEnded: (person, { data, effectiveAt }) => {
    const relations = person.care.get(data.mandate);
    if (!relations) return person;
    const ended = relations.update(-1, (last) => last && { ...last, until: effectiveAt });
    return { ...person, care: person.care.set(data.mandate, ended as List<CareRelation>) };
  },
  CapacityAssessed: (person, event) => ({ ...person, capacity: person.capacity.push(fact(event)) }),
  RepresentationEstablished: (person, event) => ({
    ...person,
    representations: person.representations.set(event.data.representative, fact(event)),
  }),
  RepresentationEnded: (person, { data }) => {
    const representation = person.representations.get(data.representative);
    if (!representation) return person;
    const ended = { ...representation, validUntil: data.until };
    return { ...person, representations: person.representations.set(data.representative, ended) };
  },
  OutsiderRegistered: (person, event) => ({
    ...person,
    outsiders: person.outsiders.set(event.data.outsider, fact(event)),
  }),
};
