import type { Recorded } from '#decider';
import type { PersonEvent, Recipient } from '#person';
import {
  categoryFor,
  counts,
  inside,
  isLater,
  readFacts,
  type NaiveAct,
  type NaiveFacts,
  type Said,
} from './naive-facts.testing.js';

/**
 * Who knows what, by a reader with time on their hands: takes the events known by then, goes through them one
 * by one, and looks at one day. Shares nothing with the projection: days are text, nothing is an interval.
 */
export interface NaiveRow {
  readonly item: string;
  readonly holder: string;
  readonly status: string;
  readonly since: string;
}

interface Passing {
  readonly act: NaiveAct;
  readonly to: string;
  readonly recipient: Recipient;
}

export function naiveWhoKnows(
  events: readonly Recorded<PersonEvent>[],
  day: string,
  knownAt: string,
): NaiveRow[] {
  const facts = readFacts(events.filter((event) => event.recordedAt <= knownAt));
  const rows = [...facts.categories.keys()].flatMap((item) => rowsOf(facts, item, day));
  return rows.sort((a, b) => (a.item + a.holder < b.item + b.holder ? -1 : 1));
}

function rowsOf(facts: NaiveFacts, item: string, day: string): NaiveRow[] {
  const passings: Passing[] = [...facts.acts.values()]
    .filter((act) => counts(facts, act) && act.items.includes(item))
    .flatMap((act) =>
      act.receivers.map((receiver) => ({ act, to: receiver.key, recipient: receiver.recipient })),
    );
  const came = orderOf(passings.map((p) => p.act));
  const own = facts.origins.filter((o) => o.item === item);
  for (const { act } of passings) {
    const { giver } = act;
    if (giver === undefined) continue;
    const explained =
      facts.origins.some((o) => o.item === item && o.holder === giver && o.day <= act.day) ||
      passings.some((p) => p.to === giver && came.get(p.act)! < came.get(act)!);
    if (!explained) own.push({ item, holder: giver, at: act.at, day: act.day });
  }
  // Whoever passes something on had it before: from the act or holding that came first, not from a later one.
  const carries = (p: Passing): boolean =>
    p.act.day <= day && holdsFor(facts, p.act, item, p.recipient, day) && giverHadIt(p);
  const giverHadIt = ({ act }: Passing) =>
    act.giver === undefined ||
    own.some((o) => o.holder === act.giver && o.day <= act.day) ||
    passings.some((p) => p.to === act.giver && came.get(p.act)! < came.get(act)! && carries(p));
  const rows: NaiveRow[] = [];
  for (const holder of new Set([...own.map((o) => o.holder), ...passings.map((p) => p.to)])) {
    const ways = [
      ...own
        .filter((o) => o.holder === holder && o.day <= day)
        .map((o) => ({ at: o.at, day: o.day, status: 'in-use' })),
      ...passings
        .filter((p) => p.to === holder && p.act.day <= day)
        .map((p) => ({
          at: p.act.at,
          day: p.act.day,
          status: carries(p) ? statusOf(p.act, day) : 'basis-withdrawn',
        })),
    ];
    if (ways.length > 0) rows.push({ item, holder, ...outcome(facts, item, holder, day, ways) });
  }
  return rows;
}

/**
 * When each act came, as text that sorts: its day and hour, then its place in the record. An act that names no hour
 * stands behind those of its day that were recorded before it.
 */
function orderOf(acts: readonly NaiveAct[]): ReadonlyMap<NaiveAct, string> {
  const hours = new Map<string, string>();
  const order = new Map<NaiveAct, string>();
  for (const act of [...new Set(acts)].sort((a, b) => a.n - b.n)) {
    const latest = hours.get(act.day) ?? '';
    const hour = act.at.slice(10) || latest;
    hours.set(act.day, hour > latest ? hour : latest);
    order.set(act, `${act.day}${hour} ${String(act.n).padStart(5, '0')}`);
  }
  return order;
}

function outcome(
  facts: NaiveFacts,
  item: string,
  holder: string,
  day: string,
  ways: { at: string; day: string; status: string }[],
) {
  const purge = facts.purges
    .filter((p) => p.item === item && p.holder === holder && p.day <= day)
    .sort((a, b) => (a.at === b.at ? a.n - b.n : a.at < b.at ? -1 : 1))
    .at(-1);
  const after = ways.filter((way) => !purge || way.at > purge.at);
  const best = ['in-use', 'contested', 'due-for-purge', 'basis-withdrawn'].find((status) =>
    after.some((way) => way.status === status),
  );
  const gone = purge?.remains === 'nothing' ? 'purged' : 'unforgettable';
  const since = (after.length > 0 ? after : ways).map((way) => way.day).sort()[0]!;
  return { status: best ?? gone, since };
}

/** Whether what the act itself rests on holds on that day, for this item and recipient. */
function holdsFor(
  facts: NaiveFacts,
  act: NaiveAct,
  item: string,
  recipient: Recipient,
  day: string,
): boolean {
  const covers = (said: Pick<Said, 'scope'>) =>
    inside(said.scope, item, categoryFor(facts, item, act), recipient, act.purpose);
  const stands = (o: Said) => o.day <= day && !(o.liftedOn && o.liftedOn <= day) && covers(o);
  const objections = [...facts.objections.values()];
  if (act.restsOn === 'provision') return true;
  if (act.restsOn === 'absence-of-objection')
    return (
      !objections.some(stands) &&
      !facts.refusals.some((r) => stands(r) && !agreedSince(facts, r, act, item, recipient, day))
    );
  return act.consents.some((id) => {
    const consent = facts.consents.get(id);
    if (!consent || !(covers(consent) || passedOn(facts, consent, act, item, recipient))) return false;
    if (day < consent.from || day < consent.day || day > consent.until) return false;
    if (consent.cuts.some((cut) => cut.day <= day && covers(cut))) return false;
    if (facts.refusals.some((r) => r.day <= day && isLater(r, consent) && covers(r))) return false;
    return !objections.some((o) => isLater(o, consent) && stands(o));
  });
}

/** A refusal ends for good when a consent over the same, said later, has begun. */
function agreedSince(
  facts: NaiveFacts,
  refusal: Said,
  act: NaiveAct,
  item: string,
  recipient: Recipient,
  day: string,
): boolean {
  return [...facts.consents.values()].some((consent) => {
    const begun = consent.from <= day && consent.day <= day;
    const covers = inside(consent.scope, item, categoryFor(facts, item, act), recipient, act.purpose);
    return isLater(consent, refusal) && begun && (covers || passedOn(facts, consent, act, item, recipient));
  });
}

/** The giver got it under the same consent, and may pass it on to this recipient. */
function passedOn(
  facts: NaiveFacts,
  consent: Said,
  act: NaiveAct,
  item: string,
  recipient: Recipient,
): boolean {
  if (!act.giverIs || consent.onward.length === 0) return false;
  const category = categoryFor(facts, item, act);
  const onward = { ...consent.scope, recipients: consent.onward };
  return (
    inside(consent.scope, item, category, act.giverIs, act.purpose) &&
    inside(onward, item, category, recipient, act.purpose)
  );
}

function statusOf(act: NaiveAct, day: string): string {
  if (act.until !== undefined && day > act.until) return 'due-for-purge';
  const contested = act.contests.some((c) => c.from <= day && (c.to === undefined || day < c.to));
  return contested ? 'contested' : 'in-use';
}
