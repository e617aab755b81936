import { isKind, KIND_NAMES, type KindName } from './kinds.js';

export type Body = Readonly<Record<string, unknown>>;

/** What is wrong with a line, where, and what to write instead. */
export interface Fault {
  readonly field: string;
  readonly problem: string;
  readonly remedy: string;
}

/** A line as it was understood: it becomes one request. */
export interface Line {
  readonly kind: KindName;
  /** The institution's own name for what the line makes; later lines may name it so. */
  readonly ref?: string;
  /** The person whom it is about, by an id of the ledger or by the `ref` of an earlier line. */
  readonly person?: string;
  readonly body: Body;
}

/** A line of the file. */
export interface Read {
  /** As a spreadsheet numbers it, from 1. */
  readonly number: number;
  readonly said: Line | { readonly faults: readonly Fault[] };
  /** The line as it stands in the file of errors, to be mended and imported again. */
  mended(faults: readonly Fault[]): string;
}

/** What every line says beside its body; empty is left out. */
export function lineOf(type: unknown, ref: unknown, person: unknown, body: Body): Read['said'] {
  const faults: Fault[] = [];
  if (!isKind(type))
    faults.push(fault('type', 'It does not say what the line tells.', `Write one of: ${KIND_NAMES}.`));
  for (const [field, value] of Object.entries({ ref, person }))
    if (value !== undefined && !(typeof value === 'string' && /^\S{1,100}$/.test(value)))
      faults.push(fault(field, 'It is no reference.', 'Write 1 to 100 characters without blanks.'));
  if (type === 'person' && person !== undefined)
    faults.push(
      fault('person', 'A person is registered without it.', 'Leave it out; name the person in ref.'),
    );
  if (isKind(type) && type !== 'person' && person === undefined)
    faults.push(
      fault(
        'person',
        'It does not say whom it is about.',
        'Write the ref of the line that registers the person, or an id.',
      ),
    );
  if (!isKind(type) || faults.length > 0) return { faults };
  return { kind: type, body, ...optional('ref', ref), ...optional('person', person) };
}

function optional<Key extends string>(key: Key, value: unknown): { readonly [K in Key]?: string } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [K in Key]?: string });
}

export function fault(field: string, problem: string, remedy: string): Fault {
  return { field, problem, remedy };
}
