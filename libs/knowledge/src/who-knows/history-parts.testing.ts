import { asCode, type CivilDate, type Effective, type Instant } from '#decider';
import {
  personTesting,
  type ConsentData,
  type DisclosureId,
  type ItemId,
  type ObjectionId,
  type Recipient,
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

export type Draw = Readonly<Record<'a' | 'b' | 'c' | 'd' | 'day' | 'kind', number>>;

export interface Made {
  readonly acts: DisclosureId[];
  readonly consents: ConsentData[];
  readonly objections: ObjectionId[];
}

export function pick<T>(list: readonly T[], n: number): T {
  return list[n % list.length]!;
}
