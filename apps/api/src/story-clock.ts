import type { Instant } from '#decider';
import { epochMs, instantOf, type Clock } from '#time';

/** A clock that a story sets: from there it goes on at its natural pace. For demonstrations only. */
export class StoryClock implements Clock {
  private offsetMs = 0;

  now(): Instant {
    return instantOf(Date.now() + this.offsetMs);
  }

  set(now: Instant): void {
    this.offsetMs = epochMs(now) - Date.now();
  }
}
