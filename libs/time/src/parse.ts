import { Temporal } from 'temporal-polyfill';
import type { Effective, Instant } from '#decider';
import { instantOf, PARIS } from './instants.js';
import { remembered } from './remembered.js';

const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
/** Narrower than what Temporal reads: programs differ on the short forms. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;
const FIRST_YEAR = 1800;

/**
 * Reads a date as people and programs write it: `2026`, `2026-01`, `2026-01-09` (Paris, with that precision)
 * or an RFC 3339 instant with its offset. Anything else, impossible dates included, is undefined.
 */
export function parseEffective(text: string): Effective | undefined {
  return DATE.test(text) ? parseCivil(text) : parseInstant(text);
}

/** A command names a date or two, mostly today's, and asks for each twice. */
const parseCivil = /* @__PURE__ */ remembered((text): Effective | undefined => {
  const [, year, month, day] = DATE.exec(text)!;
  const precision = day ? 'day' : month ? 'month' : 'year';
  const date = `${year}-${month ?? '01'}-${day ?? '01'}`;
  try {
    Temporal.PlainDate.from(date, { overflow: 'reject' });
  } catch {
    return undefined;
  }
  return Number(year) < FIRST_YEAR ? undefined : { date, zone: PARIS, precision };
});

export function parseInstant(text: string): Instant | undefined {
  if (!INSTANT.test(text)) return undefined;
  try {
    const instant = instantOf(Temporal.Instant.from(text).epochMilliseconds);
    // An offset can lead out of the years of four digits (`+010000-…`), and then instants no longer sort as text.
    return Number(instant.slice(0, 4)) < FIRST_YEAR ? undefined : instant;
  } catch {
    return undefined;
  }
}
