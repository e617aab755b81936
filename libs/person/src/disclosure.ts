import { List } from 'immutable';
import type { InstitutionId } from '#directory';
import type { AssessedDuty, DisclosureCorrected, DisclosureEvent } from './disclosure.events.js';
import { personStream, type DisclosureId } from './person.ids.js';
import { holderKey, institutionOf, institutionsOf } from './recipient.js';
import { fact, originOf, type Act, type ActivePerson, type Evolvers } from './person.state.js';

export const disclosureEvolvers: Evolvers<DisclosureEvent> = {
  DisclosureRecorded(person, event) {
    const { cites, ...data } = event.data;
    const own = cites.find(({ stream }) => stream === personStream(person.identity.person));
    return putAct(person, {
      ...data,
      ...(own && { decidedOn: own.revision }),
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
  DisclosureAssessed: (person, event) =>
    changeAct(person, event.data.disclosure, (act) => {
      const { declared } = event.data;
      return { ...act, assessed: fact(event), declared };
    }),
  DisclosureExplained: (person, { data }) =>
    changeAct(person, data.disclosure, (act) => ({ ...act, declared: data.declared })),
  DisclosureRefused: (person, { data }) => ({ ...person, refused: person.refused.push(data.disclosure) }),
  DisclosureEscalated: (person, event) => ({
    ...person,
    escalations: person.escalations.set(event.data.disclosure, fact(event)),
  }),
  EscalationDecided(person, { data, effectiveAt }) {
    const escalation = person.escalations.get(data.disclosure);
    if (!escalation) return person;
    const decided = { ...escalation, decided: data, decidedAt: effectiveAt };
    return { ...person, escalations: person.escalations.set(data.disclosure, decided) };
  },
  NonDisclosureJustified: (person) => person,
  EffectObserved: (person, { data, effectiveAt }) =>
    changeAct(person, data.disclosure, (act) => ({
      ...act,
      effects: [...act.effects, data.effect],
      effectsSeenAt: [...(act.effectsSeenAt ?? []), effectiveAt],
    })),
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
  DutyDischarged: (person, event) =>
    changeAct(person, event.data.disclosure, (act) => ({
      ...act,
      discharged: [...(act.discharged ?? []), fact(event)],
    })),
};

/** Whether an act is in the record: not retracted, and no second record of one that is. */
export function stands(person: ActivePerson, act: Act): boolean {
  return !act.retracted && originalOf(person, act).disclosure === act.disclosure;
}

/**
 * The record that counts for an act that was recorded more than once. A retracted one stands for nothing, so its
 * copies stand for themselves; of records that are said to duplicate each other, the first counts.
 */
export function originalOf(person: ActivePerson, act: Act): Act {
  const records = recordsOf(person, act);
  const last = records.at(-1)!;
  const back = records.findIndex(({ disclosure }) => disclosure === last.duplicateOf);
  if (back < 0) return last;
  return records.slice(back).reduce((a, b) => (b.origin.revision < a.origin.revision ? b : a));
}

/** The act, the one it duplicates, what that duplicates, and so on, each once. */
function recordsOf(person: ActivePerson, act: Act): readonly Act[] {
  const records = [act];
  for (let next = act.duplicateOf; next !== undefined;) {
    const other = person.acts.get(next);
    if (!other || other.retracted || records.includes(other)) break;
    records.push(other);
    next = other.duplicateOf;
  }
  return records;
}

/** The act and every act that was recorded as a duplicate of it: what a correction of it can bring back or hide. */
export function withCopies(person: ActivePerson, id: DisclosureId): readonly Act[] {
  const family = new Set([id]);
  const copies = [...person.acts.values()].filter(({ duplicateOf }) => duplicateOf !== undefined);
  for (let size = 0; size !== family.size;) {
    size = family.size;
    for (const { disclosure, duplicateOf } of copies) if (family.has(duplicateOf!)) family.add(disclosure);
  }
  return [...family].flatMap((disclosure) => person.acts.get(disclosure) ?? []);
}

/**
 * The institution that answers for a debtor, as the act names them: the assessment tells mandates without theirs.
 * For somebody without mandate here, that of whoever told them.
 */
export function answeringFor(
  { discloser, recipients }: Act,
  debtor: AssessedDuty['debtor'],
): InstitutionId | undefined {
  const own = discloser && institutionOf(discloser);
  if (debtor.kind === 'institution') return debtor.institution ?? own;
  if (debtor.kind === 'category') return debtor.institution;
  const named = [discloser, ...recipients].find((one) => one && holderKey(one) === holderKey(debtor));
  return (named && institutionOf(named)) ?? own;
}

/** Who answers what is contested about an act: the discloser's institution; where nobody knows it, the recipients'. */
export function answeringContests({ discloser, recipients }: Act): readonly InstitutionId[] {
  const own = discloser && institutionOf(discloser);
  return own ? [own] : institutionsOf(recipients);
}

function freshAct(effectiveAt: Act['effectiveAt']) {
  return { effectiveAt, contests: [], effects: [], retracted: false };
}

/** The act as a correction says that it was; the last word counts, also where it takes back an earlier one. */
export function corrected(act: Act, data: DisclosureCorrected['data']): Act {
  const { actEffectiveAt, changes, duplicateOf, retracted, takenBack = [] } = data;
  const said = {
    ...act,
    ...changes,
    effectiveAt: actEffectiveAt ?? act.effectiveAt,
    retracted: retracted ?? act.retracted,
    ...(duplicateOf ? { duplicateOf } : {}),
  };
  for (const member of takenBack) delete said[member];
  return said;
}

function putAct(person: ActivePerson, act: Act): ActivePerson {
  const isNew = !person.acts.has(act.disclosure);
  const actsByItem = act.items.reduce((byItem, { item }) => {
    const acts = byItem.get(item) ?? List<DisclosureId>();
    // A new act that names an item twice was put last; any other may stand anywhere.
    const isThere = isNew ? acts.last() === act.disclosure : acts.includes(act.disclosure);
    return isThere ? byItem : byItem.set(item, acts.push(act.disclosure));
  }, person.actsByItem);
  return { ...person, acts: person.acts.set(act.disclosure, act), actsByItem };
}

/** An item that a correction takes out stays in the index: whoever reads it looks at the act itself. */
function changeAct(person: ActivePerson, id: DisclosureId, change: (act: Act) => Act): ActivePerson {
  const act = person.acts.get(id);
  if (!act) return person;
  const changed = change(act);
  if (changed.items === act.items) return { ...person, acts: person.acts.set(id, changed) };
  return putAct(person, changed);
}
