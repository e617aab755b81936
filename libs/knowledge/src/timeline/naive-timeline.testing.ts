import type { Recorded } from '#decider';
import type { PersonEvent } from '#person';
import { atOf, begin } from '../who-knows/naive-facts.testing.js';

/** Everything that had taken effect, by a reader who goes through the events one by one. */
export function naiveTimeline(events: readonly Recorded<PersonEvent>[], moment: string, knownAt: string) {
  return events
    .map((event) => ({ event, at: begin(atOf(event.effectiveAt)) }))
    .filter(({ event, at }) => at <= moment && event.recordedAt <= knownAt)
    .sort((a, b) => (a.at === b.at ? a.event.revision - b.event.revision : a.at < b.at ? -1 : 1))
    .map(({ event: { id, type, revision, effectiveAt, recordedAt, actor, data } }) => ({
      event: id,
      type,
      revision,
      effectiveAt,
      recordedAt,
      actor,
      data,
    }));
}
