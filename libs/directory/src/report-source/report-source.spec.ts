import { describe, expect, test } from '@jest/globals';
import { given, type Instant } from '#decider';
import { civilDate } from '#time';
import type { InstitutionEvent } from '../institution.events.js';
import { institutionFold, type Institution } from '../institution.js';
import { lilas } from '../testing.js';
import { reportSource, type ReportSource } from './report-source.js';

const decide = (state: Institution, command: ReportSource) =>
  reportSource(state, command, '2026-03-01T12:00:00.000Z' as Instant);
const report = { source: 'registre papier', upTo: civilDate('2026-01-31'), correction: false };

function reported(upTo: string): InstitutionEvent {
  return { type: 'SourceReportedUpTo', data: { source: 'registre papier', upTo: civilDate(upTo) } };
}

function after(...events: readonly InstitutionEvent[]) {
  return given(institutionFold, [lilas(), ...events]);
}

describe('report a source', () => {
  test('records up to which date everything has been reported', () => {
    expect(after().when(decide, report).events()).toEqual([reported('2026-01-31')]);
    expect(after(reported('2025-12-31')).when(decide, report).events()).toHaveLength(1);
  });

  test('keeps sources apart', () => {
    const other = { ...report, source: 'logiciel' };
    expect(after(reported('2026-02-28')).when(decide, other).events()).toHaveLength(1);
  });

  test('records nothing the second time, nor when more was reported already', () => {
    expect(after(reported('2026-01-31')).when(decide, report).events()).toEqual([]);
    expect(after(reported('2026-02-28')).when(decide, report).events()).toEqual([]);
  });

  test('takes back a date that was reported by mistake', () => {
    const correction = { ...report, correction: true };
    expect(after(reported('2026-02-28')).when(decide, correction).events()).toEqual([reported('2026-01-31')]);
    expect(after(reported('2026-01-31')).when(decide, correction).events()).toEqual([]);
  });

  test('refuses a date that has not come', () => {
    const early = { ...report, upTo: civilDate('2026-03-02') };
    expect(after().when(decide, early).rejection()).toMatchObject({ kind: 'date-in-future', field: 'upTo' });
  });

  test('refuses an institution that is not there', () => {
    expect(given(institutionFold, []).when(decide, report).rejection()).toMatchObject({ kind: 'not-found' });
  });
});
