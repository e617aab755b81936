import fc from 'fast-check';
import { recorded, streamName, type CivilDate, type Effective, type Instant, type Recorded } from '#decider';
import type { InstitutionEvent } from '#directory';
import { personTesting } from '#person';
import { epochMs, instantOf } from '#time';
import { day } from '../who-knows/history-parts.testing.js';

/** Random histories of three institutions that report from up to two sources, sometimes less than before. */
export const statements: fc.Arbitrary<readonly Recorded<InstitutionEvent>[]> = fc
  .array(
    fc.record({ who: fc.nat(2), what: fc.nat(5), source: fc.nat(1), day: fc.nat(40), precision: fc.nat(2) }),
    { minLength: 3, maxLength: 25 },
  )
  .map((draws) => {
    const registered = new Set<number>();
    return draws.map((draw, n) => {
      const event = registered.has(draw.who) ? said(draw, n) : registration(draw.who);
      registered.add(draw.who);
      return recorded(event, n, {
        stream: streamName('institution', personTesting.id('Institution', draw.who + 1)),
        recordedAt: instantOf(epochMs('2026-03-10T06:00:00.000Z' as Instant) + n * 25 * 3_600_000),
      });
    });
  });

function registration(who: number): InstitutionEvent {
  const institution = personTesting.id<'Institution'>('Institution', who + 1);
  return { type: 'InstitutionRegistered', data: { institution, name: `house ${who}`, mission: 'x' } };
}

function said(
  draw: { what: number; source: number; day: number; precision: number },
  n: number,
): InstitutionEvent {
  if (draw.what === 0) return { type: 'InstitutionRevised', data: { name: `renamed ${n}` } };
  const precision = (['day', 'month', 'year'] as const)[draw.precision]!;
  const { date, zone } = day(draw.day) as CivilDate;
  const first = { day: date, month: `${date.slice(0, 7)}-01`, year: `${date.slice(0, 4)}-01-01` };
  const upTo: Effective = { date: first[precision], zone, precision };
  return { type: 'SourceReportedUpTo', data: { source: `source ${draw.source}`, upTo } };
}

/** Up to when each source has reported, by a reader who takes what it said last. */
export function naiveCoverage(
  events: readonly Recorded<InstitutionEvent>[],
  moment: string,
  knownAt: string,
) {
  const names = new Map<string, string>();
  const sources = new Map<string, Map<string, CivilDate>>();
  for (const { type, data, stream, recordedAt } of events) {
    if (recordedAt > knownAt) continue;
    if (type === 'InstitutionRegistered') sources.set(stream, new Map());
    if (type === 'InstitutionRegistered' || type === 'InstitutionRevised') names.set(stream, data.name!);
    if (type === 'SourceReportedUpTo') sources.get(stream)!.set(data.source, data.upTo as CivilDate);
  }
  return [...names].sort().flatMap(([stream, name]): readonly object[] => {
    const institution = stream.slice('institution-'.length);
    const told = [...sources.get(stream)!].sort().map(([source, reportedUpTo]) => {
      // Of a month its last day counts; `2026-03-15~` is the end of that day itself.
      const length = { day: 10, month: 7, year: 4 }[reportedUpTo.precision];
      const gap = moment.slice(0, length) > reportedUpTo.date.slice(0, length);
      return { institution, name, source, reportedUpTo, gap };
    });
    return told.length > 0 ? told : [{ institution, name, source: null, reportedUpTo: null, gap: true }];
  });
}
