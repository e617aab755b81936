import { asCode, asId } from '#decider';
import { personTesting, type PersonEvent, type RecipientScope } from '#person';
import { day, HOLDERS, ITEMS, moment, pick, type Draw, type Made } from './history-parts.testing.js';

/** What the person says in random histories. For tests only. */

const { id } = personTesting;
export const CATEGORIES = ['functional-impact', 'housing'];
export const PURPOSES = ['care-coordination', 'social-follow-up'];
const PERSON = { kind: 'person' } as const;

export function consent(d: Draw, made: Made): PersonEvent {
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
    onward: d.c % 2 === 0 ? [pick(HOLDERS, d.c)] : [],
    validFrom: day(d.day + (d.d % 4 === 0 ? d.b % 6 : 0)),
    validUntil: day(d.day + 6 + (d.c % 20)),
    means: 'written' as const,
    information: asId<'Information'>('x'),
  };
  made.consents.push(data);
  return { type: 'ConsentGranted', data, effectiveAt: day(d.day) };
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

export function refusal(d: Draw): PersonEvent {
  return {
    type: 'ConsentRefused',
    data: { refusal: fresh('Consent', d), by: PERSON, means: 'oral', ...scope(d) },
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

function scope(d: Draw) {
  return {
    items: d.a % 3 === 1 ? [pick(ITEMS, d.b)] : [],
    categories: [],
    recipients: (d.c % 3 === 0
      ? []
      : [d.c % 3 === 1 ? pick(HOLDERS, d.d) : institution(d.d)]) as RecipientScope[],
    purposes: d.d % 3 === 0 ? [purpose(d)] : [],
  };
}

function institution(n: number): RecipientScope {
  return { kind: 'institution', institution: id('Institution', (n % 3) + 1) };
}

export function purpose(d: Draw) {
  return asCode<'Purpose'>(pick(PURPOSES, d.d));
}

export function fresh<Kind extends string>(kind: Kind, d: Draw, n = 0) {
  return id(kind, (d.a * 1_000 + d.b) * 1_000 + n);
}
