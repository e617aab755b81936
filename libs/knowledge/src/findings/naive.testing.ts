import { streamKind, type DomainEvent, type Effective, type Recorded } from '#decider';
import type { MandateData } from '#directory';
import type { DisclosureExplained, PersonEvent } from '#person';
import { readFacts, type NaiveAct } from '../who-knows/naive-facts.testing.js';
import { counts } from '../who-knows/naive-rules.testing.js';
import { isSourceOf, naiveWays } from '../who-knows/naive-ways.testing.js';
import { naiveWhoKnows } from '../who-knows/naive.testing.js';

/**
 * What is found, by a reader with time on their hands: takes the events known by then, goes through them for every
 * question anew, and looks at one day. Shares nothing with the projection or with the assessment. Only rules that
 * few words explain; every item here is secret, and every provision of these stories asks that recipients be bound.
 */
export function naiveFindings(
  events: readonly Recorded<DomainEvent>[],
  day: string,
  knownAt: string,
): readonly string[] {
  const known = events.filter((event) => event.recordedAt <= knownAt);
  const own = known.filter(({ stream }) => streamKind(stream) === 'person') as Recorded<PersonEvent>[];
  const facts = readFacts(own);
  const isJudged = known.some(({ type }) => type === 'CatalogueRevised');
  const acts = [...facts.acts.values()].filter((act) => isJudged && counts(facts, act) && act.day <= day);
  const lines = acts.flatMap((act) =>
    act.items.flatMap((item) =>
      act.receivers.flatMap(({ key }) =>
        [
          ...(isOut(known, act.giver, act) || isOut(known, key, act) || seatIsOver(known, key, act)
            ? ['mandate-over']
            : []),
          ...(isBound(known, key) ? [] : ['recipient-not-bound']),
          ...(mustBeTold(known, act) && !isTold(known, own, key, act) ? ['person-not-informed'] : []),
        ].map((rule) => `${rule} ${act.id} ${item} ${key}`),
      ),
    ),
  );
  const unconfirmed = [...facts.categories.keys()].flatMap((item) => {
    const ways = naiveWays(facts, item);
    return ways
      .filter(({ told }) => told && told.act.day <= day)
      .filter((way) => !ways.some((other) => other.source !== 'unknown' && isSourceOf(other, way)))
      .map(({ told }) => `origin-not-confirmed ${told!.act.id} ${item} ${told!.act.giver ?? ''}`);
  });
  const untold = acts.flatMap((act) =>
    act.receivers
      .filter(({ key }) => isStillUntold(known, own, key, act, day))
      .map(({ key }) => `person-not-informed ${act.id}  ${key}`),
  );
  const kept = naiveWhoKnows(own, `${day}~`, knownAt)
    .filter(({ status }) => ['in-use', 'contested', 'basis-withdrawn'].includes(status))
    // Kept beyond its last day is another rule.
    .filter(({ status, until }) => !(status === 'basis-withdrawn' && until !== null && until < day))
    .filter(({ holder }) => isGone(known, holder, day))
    .map(({ item, holder }) => `kept-after-mandate ${item} ${holder}`);
  return [...new Set([...lines, ...unconfirmed, ...untold, ...kept])].toSorted();
}

type Known = readonly Recorded<DomainEvent>[];

interface Given extends MandateData {
  readonly institution: string;
  readonly firstDay: string;
  readonly lastDay: string;
}

function mandates(known: Known): readonly Given[] {
  return known
    .filter(({ type }) => type === 'MandateGiven')
    .map(({ data, stream, position }) => {
      const mandate = data as unknown as MandateData;
      const ends = known.filter(
        ({ type, data: end, position: later }) =>
          type === 'MandateEnded' &&
          later > position &&
          (end as { mandate: string }).mandate === mandate.mandate,
      );
      const { until = mandate.validUntil } = (ends.at(-1)?.data ?? {}) as { until?: Effective };
      return {
        ...mandate,
        institution: stream,
        firstDay: text(mandate.validFrom),
        lastDay: until ? text(until) : '9999',
      };
    });
}

function of(known: Known, holder: string | undefined): Given | undefined {
  return mandates(known).find(({ mandate }) => `mandate:${mandate}` === holder);
}

function isOut(known: Known, holder: string | undefined, act: NaiveAct): boolean {
  const given = of(known, holder);
  return given !== undefined && !isOnADayOf(act, given.firstDay, given.lastDay);
}

/** Of a month some day is enough. */
function isOnADayOf({ at }: NaiveAct, firstDay: string, lastDay: string): boolean {
  const date = at.slice(0, 10);
  return firstDay.slice(0, date.length) <= date && date <= lastDay.slice(0, date.length);
}

function isGone(known: Known, holder: string, day: string): boolean {
  const given = of(known, holder);
  if (!given || day <= given.lastDay) return false;
  return !mandates(known).some(
    (other) =>
      other.actor === given.actor &&
      other.institution === given.institution &&
      other.firstDay <= day &&
      day <= other.lastDay,
  );
}

/** Functions of these stories are bound by nothing. */
function isBound(known: Known, holder: string): boolean {
  return (of(known, holder)?.secrecy.length ?? 0) > 0;
}

/** Where the provision wants a seat: none holds for this case, and one had ended. */
function seatIsOver(known: Known, holder: string, act: NaiveAct): boolean {
  if (provisionOf(known, act) !== 'casf-l241-10-team' || !of(known, holder)) return false;
  const hasCase = known.some(
    ({ type, effectiveAt }) => type === 'CaseReferred' && text(effectiveAt) <= act.day,
  );
  const seats: { from: string; to: string; isHis: boolean }[] = [];
  for (const { type, data } of known) {
    const said = data as { mandate: string; validFrom: Effective; until: Effective; cases?: unknown };
    if (`mandate:${said.mandate}` !== holder) continue;
    if (type === 'MemberAppointed')
      seats.push({ from: text(said.validFrom), to: '9999', isHis: said.cases === undefined || hasCase });
    const last = seats.at(-1);
    if (type === 'MemberEnded' && last) last.to = text(said.until);
  }
  const sits = seats.some(({ from, to, isHis }) => isHis && from <= act.day && act.day <= to);
  return !sits && seats.some(({ to }) => to < act.day);
}

/** The provisions of care ask it of every act; a commission of every report. */
function mustBeTold(known: Known, act: NaiveAct): boolean {
  if (isExcused(known, act)) return false;
  const { frame } = reportOf(known, act);
  return frame === 'commission-session' || (provisionOf(known, act)?.startsWith('csp-') ?? false);
}

/** What was told last of the report, once it was there, and with a reason. */
function isExcused(known: Known, { id }: NaiveAct): boolean {
  const about = known.filter(({ data }) => (data as { disclosure?: string }).disclosure === id);
  const reported = about.findIndex(({ type }) => type === 'DisclosureReported');
  const told = about.slice(reported).findLast(({ type }) => type === 'DisclosureExplained');
  return (told?.data as DisclosureExplained['data'] | undefined)?.declared.exception?.reason !== undefined;
}

/** Where nothing asks for it before the act, the person is told within a month of it. */
function isStillUntold(
  known: Known,
  own: readonly Recorded<PersonEvent>[],
  holder: string,
  act: NaiveAct,
  day: string,
): boolean {
  // Of a discloser whom nobody knows nobody can ask it.
  if (act.giver === undefined) return false;
  if (mustBeTold(known, act) && provisionOf(known, act)?.startsWith('csp-')) return false;
  if (isTold(known, own, holder, act)) return false;
  const last = aMonthAfter(act.day);
  if (day <= last) return false;
  return !own.some(
    ({ type, data, effectiveAt }) =>
      type === 'PersonInformed' &&
      text(effectiveAt) <= day &&
      data.purposes.some((purpose) => purpose === act.purpose) &&
      data.recipients.some((one) =>
        one.kind === 'mandate'
          ? `mandate:${one.mandate}` === holder
          : one.kind === 'category' && `category:${one.institution}:${one.function}` === holder,
      ),
  );
}

/** These stories play in March and April. */
function aMonthAfter(day: string): string {
  const [year, month, of] = day.split('-').map(Number) as [number, number, number];
  const last = [4, 6].includes(month + 1) ? 30 : 31;
  return [year, month + 1, Math.min(of, last)].map((n) => String(n).padStart(2, '0')).join('-');
}

function isTold(known: Known, own: readonly Recorded<PersonEvent>[], holder: string, act: NaiveAct): boolean {
  const byId = new Map<string, Extract<Recorded<PersonEvent>, { type: 'PersonInformed' }>>();
  for (const event of own) if (event.type === 'PersonInformed') byId.set(event.data.information, event);
  return [...byId.values()].some(
    ({ data, effectiveAt }) =>
      text(effectiveAt) <= act.day &&
      data.purposes.some((purpose) => purpose === act.purpose) &&
      data.recipients.some((named) =>
        named.kind === 'mandate'
          ? `mandate:${named.mandate}` === holder
          : named.kind === 'category' &&
            (holder === `category:${named.institution}:${named.function}` ||
              bearsName(known, holder, named.institution)),
      ),
  );
}

/** A mandate whose function has the name of the one that its institution declares holds that function. */
function bearsName(known: Known, holder: string, institution: string): boolean {
  const given = of(known, holder);
  if (given?.institution !== `institution-${institution}`) return false;
  const declared = known
    .filter(({ stream }) => stream === given.institution)
    .map(({ data }) => (data as { functions?: readonly { name: string }[] }).functions)
    .findLast((functions) => functions !== undefined);
  return declared?.some(({ name }) => name === given.function) ?? false;
}

function reportOf(known: Known, { id }: NaiveAct) {
  const report = known.find(
    ({ type, data }) => type === 'DisclosureReported' && (data as { disclosure: string }).disclosure === id,
  );
  return report!.data as { frame?: string; basis?: { provision?: string } };
}

function provisionOf(known: Known, act: NaiveAct): string | undefined {
  return reportOf(known, act).basis?.provision;
}

function text(when: Effective): string {
  return typeof when === 'string' ? when.slice(0, 10) : when.date;
}
