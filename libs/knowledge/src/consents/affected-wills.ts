import type { Recorded } from '#decider';
import type { ActivePerson, ObjectionId, PersonEvent } from '#person';
import type { Keyed } from '../keyed.js';
import { consentRows, objectionRows, refusalRows } from './consents.projection.js';

/** Everything said whose standing an event can change: what it is about, and what that overtakes. */
export function willRows(person: ActivePerson, { type, data }: Recorded<PersonEvent>): readonly Keyed[] {
  switch (type) {
    case 'ConsentGranted':
    case 'ConsentWithdrawn': {
      const consent = person.consents.get(data.consent);
      const refusals = type === 'ConsentGranted' ? allRefusals(person) : [];
      return consent ? [[data.consent, consentRows(person, consent)], ...refusals] : [];
    }
    case 'ConsentRefused': {
      const refusal = person.refusals.get(data.refusal)!;
      return [[data.refusal, refusalRows(person, refusal)], ...allConsents(person)];
    }
    case 'ObjectionRaised':
    case 'ObjectionLifted':
      return [...objection(person, data.objection), ...allConsents(person)];
    case 'RepresentationEstablished':
      return allConsents(person);
    case 'InformationRequalified':
      return [...allConsents(person), ...allRefusals(person)];
    default:
      return [];
  }
}

function objection(person: ActivePerson, id: ObjectionId): readonly Keyed[] {
  const raised = person.objections.get(id);
  return raised ? [[id, objectionRows(person, raised)]] : [];
}

function allConsents(person: ActivePerson): readonly Keyed[] {
  return [...person.consents.values()].map((consent) => [consent.consent, consentRows(person, consent)]);
}

function allRefusals(person: ActivePerson): readonly Keyed[] {
  return [...person.refusals.values()].map((refusal) => [refusal.refusal, refusalRows(person, refusal)]);
}
