import { REASONS } from './reasons.fr.js';
import { FRENCH } from './sentences.fr.js';

export type Language = 'fr' | 'en';

const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;

interface Known {
  readonly pattern: RegExp;
  readonly french: string;
}

const known: readonly Known[] = Object.entries({ ...FRENCH, ...REASONS }).map(([english, french]) => ({
  pattern: new RegExp(`^${english.split('{}').map(escaped).join('(.*)')}$`, 's'),
  french,
}));

/** A sentence or reason of the checks as a person reads it: in their language, with times as they say them. */
export function told(sentence: string, language: Language): string {
  const text = language === 'fr' ? french(sentence) : sentence;
  return text.replaceAll(INSTANT, (instant) => timeOf(instant, language));
}

/** Undefined where there is no French of it. */
export function frenchOf(sentence: string): string | undefined {
  for (const { pattern, french: template } of known) {
    const values = pattern.exec(sentence)?.slice(1);
    if (values) return template.replaceAll('{}', () => french(values.shift()!));
  }
  return undefined;
}

/** `2 mars 2026 à 11:00:00`, in Paris. */
export function timeOf(instant: string, language: Language): string {
  const locale = language === 'fr' ? 'fr-FR' : 'en-GB';
  const format = new Intl.DateTimeFormat(locale, {
    dateStyle: 'long',
    timeStyle: 'medium',
    timeZone: 'Europe/Paris',
  });
  return format.format(new Date(instant));
}

function french(sentence: string): string {
  return frenchOf(sentence) ?? sentence;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
