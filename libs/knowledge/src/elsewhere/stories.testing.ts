import fc from 'fast-check';
import { asCode, type DomainEvent, type Instant, type Recorded } from '#decider';
import { personStream, personTesting, type DisclosureId, type PersonEvent } from '#person';
import { addDays, civilDate, epochMs, instantOf } from '#time';
import { day, DAYS, HOLDERS, ITEMS, moment, pick } from '../who-knows/history-parts.testing.js';
import { heldHistories, histories } from '../who-knows/history.testing.js';
import {
  amended,
  at,
  catalogue,
  constituted,
  given,
  inCommission,
  registered,
  SESSION,
  type Happening,
} from './elsewhere.testing.js';

/** Random ledgers: one person’s history among what happens to mandates, commissions and the catalogue. For tests only. */

const { id } = personTesting;
export const PROVISIONS = [
  'csp-l1110-4-ii-exchange',
  'csp-l1110-4-iii-outside-team',
  'csp-l1110-4-iii-same-team',
  'casf-l241-10-team',
  'cp-226-13',
];
const draw = fc.record({ a: fc.nat(1000), b: fc.nat(1000), day: fc.nat(DAYS - 1), kind: fc.nat(99) });
type Draw = Readonly<Record<'a' | 'b' | 'day' | 'kind', number>>;
const CASE = id('Case', 1);
const institution = (n: number) => id('Institution', (n % 3) + 1);
/** As the histories have them: mandate `n` at its institution. */
const mandate = (n: number) => id<'Mandate'>('Mandate', (n % 6) + 1);

export const ledgers: fc.Arbitrary<readonly Recorded<DomainEvent>[]> = fc
  .tuple(
    fc.oneof(histories, heldHistories),
    fc.array(draw, { minLength: 5, maxLength: 20 }),
    fc.array(draw, { maxLength: 16 }),
  )
  .map(([history, elsewhere, more]) => {
    const acts = history.flatMap(({ type, data }) =>
      type === 'DisclosureReported' ? [data.disclosure] : [],
    );
    const own = spread(
      history.map(judgeable),
      more.map((d) => (d.b % 3 === 0 && acts.length > 0 ? ofReport(d, pick(acts, d.a)) : said(d))),
      3,
    );
    const begun = beginning();
    // Now and then the catalogue and all others come late.
    const late = elsewhere.length % 4 === 0;
    return positioned(own, givenOnce([...begun, ...elsewhere.map(happening)]), late ? 0 : begun.length);
  });

/** A mandate is given once. */
function givenOnce(all: readonly Happening[]): readonly Happening[] {
  const seen = new Set<string>();
  return all.filter(([, { type, data }]) => {
    if (type !== 'MandateGiven') return true;
    const isFirst = !seen.has(data.mandate);
    seen.add(data.mandate);
    return isFirst;
  });
}

/** One of `extra` after every few; the first events make the person and the items. */
function spread<T>(all: readonly T[], extra: readonly T[], first: number): readonly T[] {
  const left = [...extra];
  const mixed = all.flatMap((one, n) => (n >= first && n % 3 === 0 ? [one, ...left.splice(0, 1)] : [one]));
  return [...mixed, ...left];
}

function beginning(): readonly Happening[] {
  return [
    catalogue,
    ...[0, 1, 2].map((n) => registered(institution(n), n === 2 ? HELPERS : [])),
    ...[0, 1, 2, 3].map((n) => mandated({ a: n, b: n, day: 0, kind: 0 })),
    constituted({ kind: 'MDPH-EP' }),
    inCommission({ type: 'SessionConvened', data: { session: SESSION, on: day(5) } }),
  ];
}

const HELPERS = [
  {
    function: asCode<'Function'>('home-helpers'),
    name: 'infirmière coordinatrice',
    categories: ['esms-staff'],
    secrecy: [],
    accessLog: true,
  },
];
/** Whose mandate it is: one human being has two at one institution, and one at another. */
const ACTORS = [0, 1, 2, 0, 0, 3];
const CATEGORIES = [['nurse'], ['social-worker'], ['mdph-team-member', 'nurse'], []];
const BOUND = [{ binding: asCode<'Binding'>('health-profession'), firm: true }];

function mandated({ a, b, day: on }: Draw): Happening {
  return given(institution(a % 6), {
    mandate: mandate(a),
    actor: id('Actor', pick(ACTORS, a % 6)),
    categories: pick(CATEGORIES, b),
    secrecy: b % 3 === 0 ? [] : BOUND,
    validFrom: addDays(day(0) as ReturnType<typeof civilDate>, on % 5 === 0 ? on : -30),
    ...(b % 5 === 0 ? { validUntil: day(on) } : {}),
  });
}

function happening(d: Draw, n: number): Happening {
  const { a, b, kind } = d;
  const until = day(d.day);
  const seated = { mandate: mandate(a), institution: institution(a % 6) };
  if (kind < 25) return mandated(d);
  if (kind < 45)
    return at(institution(a % 6), { type: 'MandateEnded', data: { mandate: mandate(a), until } });
  if (kind < 52)
    return at(institution(2), {
      type: 'InstitutionRevised',
      data: { functions: b % 2 === 0 ? HELPERS : [] },
    });
  if (kind < 70)
    return inCommission({
      type: 'MemberAppointed',
      data: { ...seated, validFrom: day(d.day % 10), ...(b % 2 === 0 ? { cases: [CASE] } : {}) },
    });
  if (kind < 78) return inCommission({ type: 'MemberEnded', data: { mandate: mandate(a), until } });
  if (kind < 86) return inCommission({ type: 'AgendaItemAdded', data: { session: SESSION, case: CASE } });
  if (kind < 93)
    return inCommission({ type: 'SessionClosed', data: { session: SESSION }, effectiveAt: until });
  return amended(pick(PROVISIONS, a), { consent: 'prior-required' }, `2026-03-${10 + (d.day % 20)}`, n);
}

/** Something said of the person that only the assessment asks for. */
function said(d: Draw): PersonEvent {
  const effectiveAt = day(d.day);
  const care = { mandate: mandate(d.a), institution: institution(d.a % 6) };
  if (d.kind < 30) {
    const to = { items: ITEMS, categories: [], recipients: [pick(HOLDERS, d.a)] };
    return { ...personTesting.informed({ information: id('Information', d.a), ...to }), effectiveAt };
  }
  if (d.kind < 55)
    return {
      type: 'CareRelationStarted',
      data: { ...care, ...(d.b % 2 === 0 ? { team: 'A' } : {}), declaredBy: 'institution' },
      effectiveAt,
    };
  if (d.kind < 65) return { type: 'CareRelationEnded', data: care, effectiveAt } as PersonEvent;
  if (d.kind < 75)
    return {
      type: 'CapacityAssessed',
      data: { domain: 'personal', ableToDecide: d.b % 2 === 0 },
      effectiveAt,
    } as PersonEvent;
  if (d.kind < 85)
    return {
      type: 'HoldingDeclared',
      data: {
        item: pick(ITEMS, d.a),
        holder: pick(HOLDERS, d.b),
        purpose: asCode('social-follow-up'),
        source: { kind: 'session', session: SESSION },
      },
      effectiveAt: moment({ ...d, c: d.b, d: d.a }),
    } as PersonEvent;
  return {
    type: 'CaseReferred',
    data: {
      case: CASE,
      commission: id('Commission', 1),
      question: 'x',
      whyCollective: 'x',
      reporter: id('Mandate', 9),
      items: [{ item: ITEMS[0]! }],
    },
    effectiveAt,
  } as PersonEvent;
}

/** What is told of a report beside it, or done of what it leaves to be done; some of it before anybody reported it. */
function ofReport(d: Draw, disclosure: DisclosureId): PersonEvent {
  const effectiveAt = day(d.day);
  if (d.kind < 60) {
    const reason = d.kind % 3 === 0 ? {} : { reason: 'x' };
    const exception = { kind: 'emergency' as const, ...reason, reviewBy: day(d.day) };
    const declared = d.kind % 5 === 0 ? { keeps: ['file' as const] } : { exception };
    return { type: 'DisclosureExplained', data: { disclosure, declared }, effectiveAt };
  }
  if (d.kind < 75)
    return { type: 'EffectObserved', data: { disclosure, effect: 'x', by: mandate(d.a) }, effectiveAt };
  const kind = pick(['tell-secrecy', 'acknowledge-receipt', 'record-consent-sought'], d.kind);
  const data = { disclosure, kind, by: mandate(d.a), institution: institution(d.a) };
  return { type: 'DutyDischarged', data, effectiveAt };
}

/** The acts of a history, each under a provision, some of them in a session. */
function judgeable(event: PersonEvent): PersonEvent {
  if (event.type !== 'DisclosureReported') return event;
  const { data } = event;
  const n = [...data.disclosure].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  const { basis, ...rest } = data;
  if (!basis || n % 11 === 0) return { ...event, data: rest };
  const provision = asCode<'Provision'>(pick(PROVISIONS, n));
  const tabled = n % 4 === 0 ? ({ frame: 'commission-session', session: SESSION } as const) : {};
  return { ...event, data: { ...rest, ...tabled, basis: { ...basis, provision } } };
}

/** Both in one order; what is elsewhere begins, then one of it comes after every other event of the person. */
function positioned(
  own: readonly PersonEvent[],
  elsewhere: readonly Happening[],
  begin: number,
): readonly Recorded<DomainEvent>[] {
  const stream = personStream(id('Person', 1));
  const left = elsewhere.slice(begin);
  const ordered = [
    ...elsewhere.slice(0, begin),
    ...own.flatMap((event, n) => [[stream, event] as const, ...(n % 2 === 0 ? left.splice(0, 1) : [])]),
    ...left,
  ];
  const revisions = new Map<string, number>();
  return ordered.map(([name, event], n) => {
    const revision = (revisions.get(name) ?? -1) + 1;
    revisions.set(name, revision);
    const recordedAt = instantOf(epochMs('2026-03-10T06:00:00.000Z' as Instant) + n * 20 * 3_600_000);
    return {
      effectiveAt: recordedAt,
      ...event,
      ...envelope(n),
      stream: name,
      revision,
      recordedAt,
    } as unknown as Recorded<DomainEvent>;
  });
}

function envelope(n: number) {
  const event = `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
  return {
    id: event,
    position: n + 1,
    schema: 1,
    actor: { kind: 'client', id: 'test' },
    commandId: event,
    correlationId: event,
    causationId: null,
  };
}
