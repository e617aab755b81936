const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Before the second try, the third, …: over three days, so that a receiver may fail from Friday to Monday. */
const DELAYS_MS = [
  MINUTE_MS / 6,
  MINUTE_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
];

/** What lies further ahead than this was put there by a clock that has been set back since. */
export const LONGEST_DELAY_MS = Math.max(...DELAYS_MS);

/** @param failures so far, from 1 @returns ms until the next try; undefined when it is a dead letter */
export function delayAfter(failures: number): number | undefined {
  return DELAYS_MS[failures - 1];
}
