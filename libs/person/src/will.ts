import { fact, originOf, type Evolvers } from './person.state.js';
import type { WillEvent } from './will.events.js';

export const willEvolvers: Evolvers<Exclude<WillEvent, { type: 'DeferralRevealed' }>> = {
  PersonInformed: (person, event) => ({
    ...person,
    informations: person.informations.set(event.data.information, fact(event)),
  }),
  ConsentGranted: (person, event) => ({
    ...person,
    consents: person.consents.set(event.data.consent, { ...fact(event), exclusions: [] }),
  }),
  ConsentRefused: (person, event) => ({
    ...person,
    refusals: person.refusals.set(event.data.refusal, fact(event)),
  }),
  ConsentWithdrawn: (person, event) => {
    const { data, effectiveAt, revision } = event;
    const consent = person.consents.get(data.consent);
    if (!consent) return person;
    const { excluded, by } = data;
    const exclusions = [
      ...consent.exclusions,
      { excluded, by, effectiveAt, revision, origin: originOf(event) },
    ];
    return { ...person, consents: person.consents.set(data.consent, { ...consent, exclusions }) };
  },
  ObjectionRaised: (person, event) => ({
    ...person,
    objections: person.objections.set(event.data.objection, fact(event)),
  }),
  ObjectionAnswered: (person, { data, effectiveAt }) => {
    const objection = person.objections.get(data.objection);
    if (!objection) return person;
    const answered = { ...objection, answer: data.answer, answeredAt: effectiveAt };
    return { ...person, objections: person.objections.set(data.objection, answered) };
  },
  ObjectionLifted: (person, { data, effectiveAt, revision }) => {
    const objection = person.objections.get(data.objection);
    if (!objection) return person;
    const lifted = { ...objection, liftedAt: effectiveAt, lifted: { effectiveAt, revision } };
    return { ...person, objections: person.objections.set(data.objection, lifted) };
  },
};
