import type { Recipient } from '#person';
import {
  begin,
  type Dated,
  type NaiveAct,
  type NaiveFacts,
  type NaiveOrigin,
  type Said,
} from './naive-facts.testing.js';
import { categoryFor, counts, inside, isLater } from './naive-rules.testing.js';

/**
 * How everybody came to know an item, and which of it held at a moment, by a reader with time on their hands. A moment
 * is text, as days and hours are: `2026-03-15T08`, or `2026-03-15~` for the end of the day.
 */
export interface NaiveWay {
  readonly item: string;
  readonly to: string;
  readonly at: string;
  /** Text that sorts as it came: its day and hour, then its place in the record. */
  readonly came: string;
  readonly purpose: string | null;
  /** How the holder learnt it by themselves; null: from the act. */
  readonly source: string | null;
  readonly told?: { readonly act: NaiveAct; readonly recipient: Recipient };
}

/** Over all of time, as they came. */
export function naiveWays(facts: NaiveFacts, item: string): readonly NaiveWay[] {
  const acts = [...facts.acts.values()].filter((act) => counts(facts, act) && act.items.includes(item));
  const came = orderOf(acts);
  const declared: NaiveWay[] = facts.origins
    .filter((origin) => origin.item === item)
    .filter((one, n, all) => all.findIndex((other) => saysTheSame(one, other)) === n)
    .map(({ holder, at, n, purpose, source }) => ({
      item,
      to: holder,
      at: begin(at),
      came: `${begin(at)} -${padded(n)}`,
      purpose,
      source,
    }));
  const told = acts.flatMap((act) =>
    act.receivers.map(({ key, recipient }): NaiveWay => {
      const { at, purpose } = act;
      return {
        item,
        to: key,
        at: begin(at),
        came: `${came.get(act)!}b`,
        purpose,
        source: null,
        told: { act, recipient },
      };
    }),
  );
  // Who tells something knows it, also where nothing earlier says how.
  const unexplained = acts.flatMap((act): NaiveWay[] => {
    const { giver, at } = act;
    const before = `${came.get(act)!}a`;
    const isExplained =
      declared.some((way) => way.to === giver && isTheirsBy(way, act)) ||
      told.some((way) => way.to === giver && way.came < before);
    if (giver === undefined || isExplained) return [];
    return [{ item, to: giver, at: begin(at), came: before, purpose: null, source: 'unknown' }];
  });
  return [...declared, ...unexplained, ...told].sort((a, b) =>
    a.came === b.came ? 0 : a.came < b.came ? -1 : 1,
  );
}

/** An act that names no hour stands behind those of its date that were recorded before it. */
function orderOf(acts: readonly NaiveAct[]): ReadonlyMap<NaiveAct, string> {
  const order = new Map<NaiveAct, string>();
  for (const act of [...acts].sort((a, b) => a.n - b.n)) {
    const stands = [...order.values()].map((came) => came.split(' ')[0]!);
    const within = stands.filter((earlier) => earlier.startsWith(act.at));
    order.set(act, `${[begin(act.at), ...within].sort().at(-1)!} ${padded(act.n)}`);
  }
  return order;
}

/** Who says twice that they have it since then has it once. */
function saysTheSame(one: NaiveOrigin, other: NaiveOrigin): boolean {
  return (['holder', 'at', 'purpose', 'source'] as const).every((key) => one[key] === other[key]);
}

/** What somebody says they have was theirs before an act that is not of an earlier day, month or hour. */
function isTheirsBy({ at }: NaiveWay, act: NaiveAct): boolean {
  return at.slice(0, act.at.length) <= act.at.slice(0, at.length);
}

/** Neither told, nor only taken to be known by who tells it. */
function isDeclared({ source }: NaiveWay): boolean {
  return source !== null && source !== 'unknown';
}

function padded(n: number): string {
  return String(n).padStart(5, '0');
}

/** Whoever passes something on had it before: from the act or holding that came first, not from a later one. */
export function isSourceOf(earlier: NaiveWay, way: NaiveWay): boolean {
  if (!way.told || earlier.item !== way.item || earlier.to !== way.told.act.giver) return false;
  return isDeclared(earlier) ? isTheirsBy(earlier, way.told.act) : earlier.came < way.came;
}

/** Those that a valid chain carried at the moment. */
export function carriedAt(
  facts: NaiveFacts,
  ways: readonly NaiveWay[],
  moment: string,
): ReadonlySet<NaiveWay> {
  const carried = new Set<NaiveWay>();
  for (const way of ways) {
    if (way.at > moment) continue;
    if (way.told && !(holdsFor(facts, way, moment) && giverHadIt(way))) continue;
    carried.add(way);
  }
  return carried;

  function giverHadIt(way: NaiveWay): boolean {
    if (way.told!.act.giver === undefined) return true;
    const sources = ways.filter((earlier) => isSourceOf(earlier, way));
    // A day that is told counts from its beginning, also for what the discloser learnt within it.
    const place = way.came.split(' ')[0]!;
    const within = moment < place ? carriedAt(facts, sources.flatMap(upTo), place) : undefined;
    return sources.some((source) => isDeclared(source) || carried.has(source) || within?.has(source));
  }

  function upTo(source: NaiveWay): readonly NaiveWay[] {
    return [...ways.filter((earlier) => isDeclared(earlier) || earlier.came < source.came), source];
  }
}

/** Whether what the act itself rests on held at the moment, for this item and recipient. */
function holdsFor(facts: NaiveFacts, { item, told }: NaiveWay, moment: string): boolean {
  const { act, recipient } = told!;
  const category = categoryFor(facts, item, act);
  const covers = (said: Pick<Said, 'scope'>) => inside(said.scope, item, category, recipient, act.purpose);
  const stands = (o: Said, at: string) =>
    covers(o) && bears(o, act, at) && !(o.lifted && bears(o.lifted, act, at));
  const objections = [...facts.objections.values()];
  if (act.restsOn === 'provision') return true;
  if (act.restsOn === 'absence-of-objection')
    return (
      !objections.some((one) => stands(one, moment)) &&
      !facts.refusals.some((refusal) => stands(refusal, moment) && !agreedSince(refusal))
    );
  const all = [...facts.consents.values()];
  // A report that names none rests on those that held when it happened, whenever they were told of.
  const reliedOn =
    act.consents.length > 0
      ? act.consents.flatMap((id) => facts.consents.get(id) ?? [])
      : all.filter((consent) => isGood(consent, act.at));
  return reliedOn.some((consent) => isGood(consent, moment));

  function isGood(consent: Said, at: string): boolean {
    if (!agrees(consent)) return false;
    if (!bears(beginning(consent), act, at) || at.slice(0, 10) > consent.until) return false;
    if (consent.cuts.some((cut) => bears(cut, act, at) && covers(cut))) return false;
    if (facts.refusals.some((r) => isLater(r, consent) && bears(r, act, at) && covers(r))) return false;
    return !objections.some((o) => isLater(o, consent) && stands(o, at));
  }

  /** A refusal ends for good when a consent over the same, said later, has begun. */
  function agreedSince(refusal: Said): boolean {
    return [...facts.consents.values()].some(
      (consent) => isLater(consent, refusal) && bears(beginning(consent), act, moment) && agrees(consent),
    );
  }

  /** Covers it, or the giver got it under the same consent and may pass it on to this recipient. */
  function agrees({ scope, onward }: Said): boolean {
    if (covers({ scope })) return true;
    if (!act.giverIs || onward.length === 0) return false;
    return (
      inside(scope, item, category, act.giverIs, act.purpose) &&
      covers({ scope: { ...scope, recipients: onward } })
    );
  }
}

/** What was said before an act bears on the whole of it; what was said afterwards, not on its first moment. */
function bears(said: Dated, act: Dated, moment: string): boolean {
  return !isLater(said, act) || (said.at <= moment && act.at < moment);
}

function beginning({ from, at, n }: Said): Dated {
  return { at: from > at ? from : at, n };
}
