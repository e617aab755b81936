import fc from 'fast-check';
import { asCode, recorded, type DomainEvent, type Instant, type Recorded } from '#decider';
import {
  personTesting,
  type ConsentId,
  type Holder,
  type ItemId,
  type PersonEvent,
  type Recipient,
} from '#person';
import { epochMs, instantOf } from '#time';
import { aboutAct } from './history-acts.testing.js';
import {
  CATEGORIES,
  dateOfAct,
  DAYS,
  day,
  fresh,
  HOLDERS,
  ITEMS,
  moment,
  pick,
  purpose,
  PURPOSES,
  scope,
  type Draw,
  type Made,
} from './history-parts.testing.js';
import { consent, lifting, objection, PERSON, withdrawal } from './history-words.testing.js';

/** Random histories of one person: late facts, corrections, withdrawals, circles, purges. For tests only. */

const { id } = personTesting;
export const CROWDED_DAYS = 4;
/** The kind of a draw that makes somebody declare what they hold. */
const HOLDING = 84;
const DRAW = {
  a: fc.nat(1000),
  b: fc.nat(1000),
  c: fc.nat(1000),
  d: fc.nat(1000),
  day: fc.nat(DAYS - 1),
  kind: fc.nat(99),
};
const draw: fc.Arbitrary<Draw> = fc.record(DRAW);

export const histories = historiesOf(draw);

/** The same, in which somebody says something most of the time. */
export const wordyHistories = historiesOf(
  draw.map((d) => ({ ...d, kind: d.kind < 60 ? 34 + (d.kind % 40) : d.kind })),
);

/** The same, longer, in which everything happens within four days, and much is said about the first acts. */
export const crowdedHistories = historiesOf(draw.map(crowded), 20, 30);

function crowded(d: Draw): Draw {
  const inFourDays = { ...d, day: d.day % CROWDED_DAYS };
  if (d.d % 3 === 0) return { ...inFourDays, kind: 90, a: d.a % 3, c: d.c % 3 };
  return { ...inFourDays, kind: d.d % 3 === 1 ? d.kind % 34 : 34 + (d.kind % 51) };
}

/** The same, in which few tell it round, and say what they held by the hour, within four days. */
export const heldHistories = historiesOf(
  fc.record({
    ...DRAW,
    a: fc.integer({ min: 1, max: 3 }),
    b: fc.nat(1000).filter((n) => n % HOLDERS.length < 4),
    day: fc.nat(CROWDED_DAYS - 1),
    kind: fc.oneof(fc.constant(HOLDING), fc.nat(36), fc.nat(33)),
  }),
  5,
  20,
);

/** At most one event an hour, so that some share a day of recording. */
function historiesOf(
  drawn: fc.Arbitrary<Draw>,
  minLength = 5,
  maxLength = 40,
): fc.Arbitrary<readonly Recorded<PersonEvent>[]> {
  return fc.array(drawn, { minLength, maxLength }).map((draws) => {
    const made: Made = { acts: [], silent: [], consents: [], objections: [] };
    const events = [...beginning(), ...draws.map((d) => eventOf(d, made))];
    return events.map((event, i) =>
      recorded(event as DomainEvent as PersonEvent, i, {
        recordedAt: instantOf(epochMs('2026-03-10T06:00:00.000Z' as Instant) + i * 25 * 3_600_000),
      }),
    ) as Recorded<PersonEvent>[];
  });
}

function beginning(): PersonEvent[] {
  const registered = {
    type: 'PersonRegistered',
    data: {
      person: id('Person', 1),
      givenName: 'H.',
      familyName: 'L.',
      birthDate: '1948-03-12',
      distinctFrom: [],
    },
  } as PersonEvent;
  return [registered, ...ITEMS.map((item, n) => describedItem(item, n))];
}

function describedItem(item: ItemId, n: number): PersonEvent {
  return {
    type: 'InformationDescribed',
    data: {
      item,
      category: asCode<'Category'>(CATEGORIES[n]!),
      label: `information ${n}`,
      secretBy: [],
      keptFromParents: false,
      holding: {
        holder: HOLDERS[n]!,
        purpose: asCode<'Purpose'>(PURPOSES[0]!),
        source: { kind: 'observation' },
      },
    },
    effectiveAt: day(n),
  };
}

function eventOf(d: Draw, made: Made): PersonEvent {
  if (d.kind < 34) return disclosure(d, made);
  if (d.kind < 50) return consent(d, made);
  if (d.kind < 60 && made.consents.length > 0) return withdrawal(d, made);
  if (d.kind < 66) return objection(d, made);
  if (d.kind < 70 && made.objections.length > 0) return lifting(d, made);
  if (d.kind < 74)
    return {
      type: 'ConsentRefused',
      data: { refusal: fresh('Consent', d), by: PERSON, means: 'oral', ...scope(d) },
      effectiveAt: moment(d),
    };
  if (d.kind < 80) return purge(d);
  if (d.kind < 82)
    return {
      type: 'InformationRequalified',
      data: { item: pick(ITEMS, d.a), category: asCode<'Category'>(pick(CATEGORIES, d.b)), reason: 'x' },
      effectiveAt: moment(d),
    };
  if (d.kind <= HOLDING)
    return {
      type: 'HoldingDeclared',
      data: {
        item: pick(ITEMS, d.a),
        holder: pick(HOLDERS, d.b),
        purpose: purpose(d),
        source: { kind: 'person' },
      },
      effectiveAt: moment(d),
    };
  return made.acts.length > 0 ? aboutAct(d, made) : disclosure(d, made);
}

/** A consent which nobody gave: a report that names none rests on whichever was in force, also if told of it later. */
const NOBODYS = id<'Consent'>('Consent', 999);

function disclosure(d: Draw, made: Made): PersonEvent {
  const restsOn = (['provision', 'absence-of-objection', 'consent'] as const)[d.c % 3]!;
  const relied = restsOn === 'consent' && made.consents.length > 0 ? pick(made.consents, d.d) : undefined;
  const others = made.consents.filter((_, i) => (d.d + i) % 7 === 0).map(({ consent: other }) => other);
  const known = made.acts.length;
  const data = {
    disclosure: fresh<'Disclosure'>('Disclosure', d, known),
    items: (d.d % 5 === 0 ? ITEMS : [pick(ITEMS, d.d)]).map((item) => ({ item })),
    recipients: [pick(HOLDERS, d.b), ...(d.a % 4 === 0 ? [pick(HOLDERS, d.b + 1)] : [])],
    purpose: purpose(d),
    basis: { consents: namedBy(d, restsOn, relied && [relied.consent, ...others]), restsOn },
    onward: [],
    // Most acts that rest on a consent do what it covers; the rest show what happens when they do not.
    ...(relied && d.a % 5 > 0
      ? {
          recipients: (d.b % 2 === 0 && relied.onward.length > 0 ? relied.onward : relied.recipients).slice(
            0,
            1,
          ) as Recipient[],
          purpose: relied.purposes[0]!,
        }
      : {}),
    ...(d.c % 4 === 0 ? { retainUntil: day(d.day + (d.a % 12)) } : {}),
  };
  made.acts.push(data.disclosure);
  if (restsOn === 'consent' && data.basis.consents.length === 0) made.silent.push({ ...data, day: d.day });
  const unknownGiver = d.a % 11 === 0;
  const reported = { reporter: 'x', source: 'x', certainty: 'certain' as const };
  const passesOn = relied && d.b % 2 === 0 ? (relied.recipients[0] as Recipient) : pick(HOLDERS, d.a);
  const discloser = unknownGiver ? {} : { discloser: passesOn };
  return {
    type: 'DisclosureReported',
    data: { ...data, ...reported, ...discloser },
    effectiveAt: dateOfAct(d),
  };
}

function namedBy(
  d: Draw,
  restsOn: 'provision' | 'absence-of-objection' | 'consent',
  relied: readonly ConsentId[] | undefined,
): readonly ConsentId[] {
  if (restsOn !== 'consent' || d.b % 3 === 0) return [];
  return relied ?? [NOBODYS];
}

function purge(d: Draw): PersonEvent {
  const remains = (['nothing', 'memory', 'nothing'] as const)[d.c % 3]!;
  const items = d.d % 4 === 0 ? ITEMS : [pick(ITEMS, d.a)];
  return {
    type: 'PurgeAttested',
    data: { holder: pick(HOLDERS, d.b) as Holder, items, remains },
    effectiveAt: moment(d),
  };
}
