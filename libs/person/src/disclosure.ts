import { List } from 'immutable';
import type { DisclosureCorrected, DisclosureEvent } from './disclosure.events.js';
import type { DisclosureId } from './person.ids.js';
import { fact, originOf, type Act, type ActivePerson, type Evolvers } from './person.state.js';

export const disclosureEvolvers: Evolvers<DisclosureEvent> = {
  DisclosureRecorded(person, event) {
    const { cites: _, responsibleManager: __, ...data } = event.data;
    return putAct(person, {
      ...data,
      ...freshAct(event.effectiveAt),
      reported: false,
      origin: originOf(event),
    });
  },
  DisclosureReported(person, event) {
    const { items = [], recipients = [], ...data } = event.data;
    const act = { ...data, items, recipients, ...freshAct(event.effectiveAt) };
    return putAct(person, { ...act, reported: true, origin: originOf(event) });
  },
  DisclosureCorrected: (person, event) =>
    changeAct(person, event.data.disclosure, (act) => corrected(act, event.data)),
  DisclosureAssessed: (person) => person,
  DisclosureRefused: (person, { data }) => ({ ...person, refused: person.refused.push(data.disclosure) }),
  DisclosureEscalated: (person, event) => ({
    ...person,
    escalations: person.escalations.set(event.data.disclosure, fact(event)),
  }),
  EscalationDecided(person, { data }) {
    const escalation = person.escalations.get(data.disclosure);
    if (!escalation) return person;
    const decided = { ...escalation, decided: data };
    return { ...person, escalations: person.escalations.set(data.disclosure, decided) };
  },
  NonDisclosureJustified: (person) => person,
  EffectObserved: (person, { data }) =>
    changeAct(person, data.disclosure, (act) => ({ ...act, effects: [...act.effects, data.effect] })),
  DisclosureContested: (person, { data, effectiveAt }) =>
    changeAct(person, data.disclosure, (act) => ({
      ...act,
      contests: [...act.contests, { from: effectiveAt }],
    })),
  ContestAnswered: (person, { data, effectiveAt }) =>
    changeAct(person, data.disclosure, (act) => ({
      ...act,
      contests: act.contests.map((contest) => ({ until: effectiveAt, ...contest })),
    })),
};

function freshAct(effectiveAt: Act['effectiveAt']) {
  return { effectiveAt, contests: [], effects: [], retracted: false };
}

function corrected(act: Act, data: DisclosureCorrected['data']): Act {
  return {
    ...act,
    ...data.changes,
    effectiveAt: data.actEffectiveAt ?? act.effectiveAt,
    retracted: act.retracted || data.retracted === true,
    ...(data.duplicateOf ? { duplicateOf: data.duplicateOf } : {}),
  };
}

function putAct(person: ActivePerson, act: Act): ActivePerson {
  const actsByItem = act.items.reduce((byItem, { item }) => {
    const acts = byItem.get(item) ?? List<DisclosureId>();
    return acts.includes(act.disclosure) ? byItem : byItem.set(item, acts.push(act.disclosure));
  }, person.actsByItem);
  return { ...person, acts: person.acts.set(act.disclosure, act), actsByItem };
}

/** An item that a correction takes out stays in the index: whoever reads it looks at the act itself. */
function changeAct(person: ActivePerson, id: DisclosureId, change: (act: Act) => Act): ActivePerson {
  const act = person.acts.get(id);
  return act ? putAct(person, change(act)) : person;
}
