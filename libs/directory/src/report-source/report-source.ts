import { accept, type Decision, type Effective, type Instant } from '#decider';
import { endMs, rejectFuture } from '#time';
import type { SourceReportedUpTo } from '../institution.events.js';
import type { Institution } from '../institution.js';
import { noSuchInstitution } from '../rules.js';

export interface ReportSource {
  readonly source: string;
  readonly upTo: Effective;
  /** A later date was reported by mistake: this one takes its place. */
  readonly correction: boolean;
}

export function reportSource(
  state: Institution,
  { source, upTo, correction }: ReportSource,
  now: Instant,
): Decision<SourceReportedUpTo> {
  if (state.status === 'unknown') return noSuchInstitution();
  const future = rejectFuture('upTo', upTo, now);
  if (future) return future;
  const known = state.sources.get(source);
  if (known && isIncluded(upTo, known, correction)) return accept();
  return accept({ type: 'SourceReportedUpTo', data: { source, upTo } });
}

/** Reported up to March is reported up to February too, unless it takes March back. */
function isIncluded(upTo: Effective, known: Effective, correction: boolean): boolean {
  return correction ? endMs(upTo) === endMs(known) : endMs(upTo) <= endMs(known);
}
