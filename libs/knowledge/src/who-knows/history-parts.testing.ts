import { asCode, type CivilDate, type Effective, type Instant } from '#decider';
import {
  personTesting,
  type ConsentData,
  type DisclosureId,
  type ItemId,
  type ObjectionId,
  type PurposeCode,
  type Recipient,
  type RecipientScope,
} from '#person';
import { addDays, civilDate } from '#time';

/** What random histories are made of. For tests only. */

const { id } = personTesting;
export const ITEMS: readonly ItemId[] = [id('Item', 1), id('Item', 2)];
export const DAYS = 40;

/** Six holders at three institutions, and a function inside an institution. */
export const HOLDERS: readonly Extract<Recipient, { kind: 'mandate' | 'category' }>[] = [
  ...[0, 1, 2, 3, 4, 5].map((n) => ({
    kind: 'mandate' as const,
    mandate: id('Mandate', n + 1),
    institution: id('Institution', (n % 3) + 1),
  })),
  { kind: 'category', institution: id('Institution', 3), function: asCode<'Function'>('home-helpers') },
];

/** Day n of the history, from 2026-03-10: the change to summer time lies inside. */
export function day(n: number): Effective {
  return addDays(civilDate('2026-03-10'), n);
}

/** The day that was drawn; now and then with its hour, between eight and eighteen. */
export function moment(d: Draw): Effective {
  const { date } = day(d.day) as CivilDate;
  return d.c % 3 === 0
    ? (`${date}T${String(8 + (d.b % 10)).padStart(2, '0')}:00:00.000Z` as Instant)
    : day(d.day);
}

/** The same; now and then the month in which it lies. */
export function dateOfAct(d: Draw): Effective {
  const { date, zone } = day(d.day) as CivilDate;
  return d.b % 5 === 1 ? { date: `${date.slice(0, 7)}-01`, zone, precision: 'month' } : moment(d);
}

export type Draw = Readonly<Record<'a' | 'b' | 'c' | 'd' | 'day' | 'kind', number>>;

export interface Silent {
  readonly items: readonly { readonly item: ItemId }[];
  readonly recipients: readonly Recipient[];
  readonly purpose: PurposeCode;
  readonly day: number;
}

export interface Made {
  readonly acts: DisclosureId[];
  /** Reports that rest on consent and name none. */
  readonly silent: Silent[];
  readonly consents: ConsentData[];
  readonly objections: ObjectionId[];
}

export function pick<T>(list: readonly T[], n: number): T {
  return list[n % list.length]!;
}

export const CATEGORIES = ['functional-impact', 'housing'];
export const PURPOSES = ['care-coordination', 'social-follow-up'];

export function scope(d: Draw) {
  return {
    items: d.a % 3 === 1 ? [pick(ITEMS, d.b)] : [],
    categories: [],
    recipients: (d.c % 3 === 0
      ? []
      : [d.c % 3 === 1 ? pick(HOLDERS, d.d) : institution(d.d)]) as RecipientScope[],
    purposes: d.d % 3 === 0 ? [purpose(d)] : [],
  };
}

export function institution(n: number): RecipientScope {
  return { kind: 'institution', institution: id('Institution', (n % 3) + 1) };
}

export function purpose(d: Draw) {
  return asCode<'Purpose'>(pick(PURPOSES, d.d));
}

export function fresh<Kind extends string>(kind: Kind, d: Draw, n = 0) {
  return id(kind, (d.a * 1_000 + d.b) * 1_000 + n);
}
