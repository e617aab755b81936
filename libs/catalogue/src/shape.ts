/** What is wrong in an entry: the field's path and a sentence. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

/** Says what is wrong with a value found at a field; nothing: it is as it should be. */
export type Check = (value: unknown, field: string) => readonly FieldProblem[];

const FINE: readonly FieldProblem[] = [];

function wrong(field: string, message: string): readonly FieldProblem[] {
  return [{ field, message }];
}

export const text: Check = (value, field) =>
  typeof value === 'string' && value.trim() !== '' ? FINE : wrong(field, 'is not a text, or is empty');

export const flag: Check = (value, field) =>
  typeof value === 'boolean' ? FINE : wrong(field, 'is neither true nor false');

export const count: Check = (value, field) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0
    ? FINE
    : wrong(field, 'is not a whole number from 0 up');

export const flagOrNull: Check = (value, field) => (value === null ? FINE : flag(value, field));

export function orNull(check: Check): Check {
  return (value, field) => (value === null ? FINE : check(value, field));
}

export function optional(check: Check): Check {
  return (value, field) => (value === undefined ? FINE : check(value, field));
}

export function oneOf(...allowed: readonly string[]): Check {
  return (value, field) =>
    typeof value === 'string' && allowed.includes(value)
      ? FINE
      : wrong(field, `is ${JSON.stringify(value)}, which is none of ${allowed.join(', ')}`);
}

export function listOf(check: Check): Check {
  return (value, field) =>
    Array.isArray(value)
      ? value.flatMap((element, i) => check(element, `${field}[${i}]`))
      : wrong(field, 'is not a list');
}

/** An object with these fields and no others: a misspelt field would otherwise be ignored in silence. */
export function record(fields: Readonly<Record<string, Check>>): Check {
  return (value, field) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return wrong(field, 'is not an object');
    const found = value as Readonly<Record<string, unknown>>;
    const prefix = field === '' ? '' : `${field}.`;
    const unknown = Object.keys(found).filter((name) => !(name in fields));
    return [
      ...Object.entries(fields).flatMap(([name, check]) => check(found[name], prefix + name)),
      ...unknown.map((name) => ({ field: prefix + name, message: 'is not a known field' })),
    ];
  };
}

/** Both languages, or it is not told to everybody. */
export const bilingual: Check = (value, field) => {
  if (typeof value !== 'object' || value === null) return wrong(field, 'has no text in fr and en');
  const { fr, en } = value as { fr?: unknown; en?: unknown };
  return [
    ...(text(fr, field).length ? wrong(`${field}.fr`, 'has no French text') : FINE),
    ...(text(en, field).length ? wrong(`${field}.en`, 'has no English text') : FINE),
  ];
};

/** `{ "months": 6 }` or `{ "days": 8 }`. */
export const period: Check = (value, field) => {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  if (keys.length !== 1 || !['months', 'days'].includes(keys[0]!))
    return wrong(field, 'is not a number of months or of days');
  return count(Object.values(value as object)[0], `${field}.${keys[0]!}`);
};

/** `2026-01-31`. */
export const date: Check = (value, field) =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
    ? FINE
    : wrong(field, 'is not a date like 2026-01-31');
