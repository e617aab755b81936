import { asCode, asId } from '#decider';
import type { PersonEvent, RecipientScope } from '#person';
import {
  CATEGORIES,
  day,
  fresh,
  HOLDERS,
  institution,
  ITEMS,
  moment,
  pick,
  PURPOSES,
  scope,
  type Draw,
  type Made,
  type Silent,
} from './history-parts.testing.js';

/** What somebody says in a random history. For tests only. */

export const PERSON = { kind: 'person' } as const;

export function consent(d: Draw, made: Made): PersonEvent {
  const late = d.c % 3 === 0 ? made.silent.at(d.d % 2 === 0 ? -1 : 0) : undefined;
  const on = late ? Math.min(d.day, late.day) : d.day;
  const granted = fresh<'Consent'>('Consent', d, made.consents.length + 500);
  const wide = scope({ ...d, c: 1 });
  const data = {
    consent: granted,
    by: PERSON,
    ...wide,
    items: d.a % 3 === 0 ? [] : ITEMS.slice(0, 1 + (d.a % 2)),
    categories: d.a % 3 === 0 ? [asCode<'Category'>(pick(CATEGORIES, d.b))] : [],
    recipients: [pick(HOLDERS, d.b), institution(d.b + 1)] as RecipientScope[],
    purposes: PURPOSES.slice(0, 1 + (d.d % 2)).map((code) => asCode<'Purpose'>(code)),
    explicit: true,
    ...(late ? coveringOf(late) : {}),
    onward: d.c % 2 === 0 ? [pick(HOLDERS, d.c)] : [],
    validFrom: day(on + (d.d % 4 === 0 && !late ? d.b % 6 : 0)),
    validUntil: day(on + 6 + (d.c % 20)),
    means: 'written' as const,
    information: asId<'Information'>('x'),
  };
  made.consents.push(data);
  return { type: 'ConsentGranted', data, effectiveAt: day(on) };
}

/** Told of after the report, and given before the act: it carries it all the same. */
function coveringOf({ items, recipients, purpose: pursued }: Silent) {
  return {
    items: items.map(({ item }) => item),
    recipients: recipients as readonly RecipientScope[],
    purposes: [pursued],
  };
}

export function withdrawal(d: Draw, made: Made): PersonEvent {
  const excluded = d.b % 2 === 0 ? { items: [], categories: [], recipients: [], purposes: [] } : scope(d);
  return {
    type: 'ConsentWithdrawn',
    data: { consent: pick(made.consents, d.a).consent, by: PERSON, means: 'oral', excluded },
    effectiveAt: moment(d),
  };
}

export function objection(d: Draw, made: Made): PersonEvent {
  const raised = fresh<'Objection'>('Objection', d, made.objections.length);
  made.objections.push(raised);
  return {
    type: 'ObjectionRaised',
    data: { objection: raised, by: PERSON, means: 'oral', ...scope(d) },
    effectiveAt: moment(d),
  };
}

/** An objection is lifted once. */
export function lifting(d: Draw, { objections }: Made): PersonEvent {
  const [objection] = objections.splice(d.a % objections.length, 1);
  return {
    type: 'ObjectionLifted',
    data: { objection: objection!, by: PERSON, means: 'oral' },
    effectiveAt: moment(d),
  };
}
