import {
  fact,
  originOf,
  type ActivePerson,
  type Evolvers,
  type Objection,
  type ObjectionAnswer,
} from './person.state.js';
import type { InstitutionId } from '#directory';
import { institutionsThatHeld } from './item.js';
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
    objections: person.objections.set(event.data.objection, { ...fact(event), answers: [] }),
  }),
  ObjectionAnswered: (person, { data, effectiveAt }) => {
    const objection = person.objections.get(data.objection);
    if (!objection) return person;
    const { institution, answer } = data;
    const given = { ...(institution ? { institution } : {}), answer, answeredAt: effectiveAt };
    const answered = { ...objection, answers: [...objection.answers, given] };
    return { ...person, objections: person.objections.set(data.objection, answered) };
  },
  ObjectionLifted: (person, { data, effectiveAt, revision }) => {
    const objection = person.objections.get(data.objection);
    if (!objection) return person;
    const lifted = { ...objection, liftedAt: effectiveAt, lifted: { effectiveAt, revision } };
    return { ...person, objections: person.objections.set(data.objection, lifted) };
  },
};

/** What an institution answered to an objection. */
export function answerOf(
  { answers }: Objection,
  institution: InstitutionId | undefined,
): ObjectionAnswer | undefined {
  return answers.find((one) => one.institution === undefined || one.institution === institution);
}

/** Who may answer an objection: the institutions that it names, and those that hold or held what it covers. */
export function answeringObjections(
  person: ActivePerson,
  { items, categories, recipients }: Objection,
): readonly InstitutionId[] {
  const isOpen = items.length === 0 && categories.length === 0;
  const covered = [...person.items.values()].filter(
    (item) =>
      isOpen ||
      items.includes(item.item) ||
      [item, ...(item.categories ?? [])].some(({ category }) => categories.includes(category)),
  );
  const named = recipients.flatMap((one) => (one.kind === 'outsider' ? [] : [one.institution]));
  return [...new Set([...named, ...covered.flatMap(({ item }) => institutionsThatHeld(person, item))])];
}
