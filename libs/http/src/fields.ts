import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsObject,
  IsString,
  Length,
  Matches,
  ValidateBy,
  ValidateIf,
  ValidateNested,
  type ValidationArguments,
} from 'class-validator';
import type { Effective } from '#decider';
import { parseEffective } from '#time';
import { filledWith, type Constructor, type Filling } from './filling.js';

/**
 * Fields of request classes: each decorator checks the field and describes it in the OpenAPI document, so
 * the two cannot differ. A message starts with the field's name and says what to write instead.
 */
export interface FieldOptions {
  readonly optional?: boolean;
  readonly description?: string;
  readonly example?: unknown;
  /** The kinds of the same object for which it says something; for any other it is refused, never dropped. */
  readonly forKinds?: readonly string[];
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const CODE = /^[a-z0-9][a-z0-9-]{0,79}$/;
const MAX_LIST = 200;

function field(
  options: FieldOptions,
  filling: Filling,
  api: ApiPropertyOptions,
  ...checks: PropertyDecorator[]
) {
  const { optional = false, example, forKinds } = options;
  const kinds = forKinds && `For kind ${forKinds.join(' or ')}.`;
  const description = [kinds, options.description].filter(Boolean).join(' ');
  const described = {
    required: !optional,
    ...(description ? { description } : {}),
    ...(example ? { example } : {}),
  };
  // Left out is one thing, null another: what is not known is left out.
  const presence = optional
    ? ValidateIf((_, value) => value !== undefined)
    : IsDefined({ message: '$property is missing' });
  const fitting = forKinds ? [FitsKind(forKinds)] : [];
  const property = ApiProperty({ ...api, ...described } as ApiPropertyOptions);
  return applyDecorators(property, filledWith(filling), presence, ...fitting, ...checks);
}

function FitsKind(kinds: readonly string[]): PropertyDecorator {
  const validate = (_: unknown, args?: ValidationArguments) =>
    kinds.includes((args?.object as { readonly kind?: string } | undefined)?.kind ?? '');
  const message = `$property is for kind ${kinds.join(' or ')} only: leave it out, or say another kind`;
  return ValidateBy({ name: 'fitsKind', validator: { validate, defaultMessage: () => message } });
}

const list = () => [
  IsArray({ message: '$property is a list' }),
  ArrayMaxSize(MAX_LIST, { message: `$property holds at most ${MAX_LIST} entries` }),
];

/** Something that people see: a letter, a digit, a sign. */
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** Text for people, trimmed of nothing, 1 to `max` characters, no control characters, something to be seen. */
export function Text(max: number, options: FieldOptions = {}) {
  return field(
    options,
    'text',
    { type: String, minLength: 1, maxLength: max },
    IsString({ message: '$property is text' }),
    Length(1, max, { message: `$property has 1 to ${max} characters` }),
    Matches(VISIBLE, { message: '$property shows nothing: write something that can be read' }),
    Matches(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u, {
      message: '$property holds control characters or half of one: leave them out',
    }),
  );
}

const uuidMessage = '$property is an id of this ledger: a lower-case UUID';

export function Uuid(options: FieldOptions = {}) {
  return field(options, 'id', { type: String, format: 'uuid' }, Matches(UUID, { message: uuidMessage }));
}

export function Uuids(options: FieldOptions = {}) {
  return field(
    options,
    'ids',
    { type: [String], format: 'uuid', maxItems: MAX_LIST } as ApiPropertyOptions,
    ...list(),
    ArrayUnique({ message: '$property names something twice' }),
    Matches(UUID, { each: true, message: uuidMessage }),
  );
}

const codeMessage = '$property is a code of the catalogue: small letters, digits and dashes';

/** A code of the catalogue. Whether it exists is decided later, with the catalogue at hand. */
export function CodeField(options: FieldOptions = {}) {
  return field(
    options,
    'text',
    { type: String, pattern: CODE.source },
    Matches(CODE, { message: codeMessage }),
  );
}

export function Codes(options: FieldOptions = {}) {
  return field(
    options,
    'texts',
    { type: [String], maxItems: MAX_LIST } as ApiPropertyOptions,
    ...list(),
    ArrayUnique({ message: '$property names something twice' }),
    Matches(CODE, { each: true, message: codeMessage }),
  );
}

/** A date (`2026`, `2026-01`, `2026-01-09`, in Paris) or an RFC 3339 instant with offset. */
export function When(options: FieldOptions = {}) {
  const message = '$property is no date: write 2026-01-09 or 2026-01-09T10:00:00+01:00';
  const validate = (value: unknown) => typeof value === 'string' && parseEffective(value) !== undefined;
  return field(
    { example: '2026-01-09', ...options },
    'date',
    { type: String },
    ValidateBy({ name: 'when', validator: { validate, defaultMessage: () => message } }),
  );
}

export function OneOf(values: readonly string[], options: FieldOptions = {}) {
  const message = `$property is one of: ${values.join(', ')}`;
  return field(options, 'text', { type: String, enum: [...values] }, IsIn([...values], { message }));
}

export function SomeOf(values: readonly string[], options: FieldOptions = {}) {
  return field(
    options,
    'texts',
    { type: [String], enum: [...values], maxItems: MAX_LIST } as ApiPropertyOptions,
    ...list(),
    ArrayUnique({ message: '$property names something twice' }),
    IsIn([...values], { each: true, message: `$property are some of: ${values.join(', ')}` }),
  );
}

export function Flag(options: FieldOptions = {}) {
  return field(options, 'flag', { type: Boolean }, IsBoolean({ message: '$property is true or false' }));
}

/** A whole number of a query string. */
export function WholeNumber(min: number, max: number, options: FieldOptions = {}) {
  const message = `$property is a whole number from ${min} to ${max}`;
  const validate = (value: unknown) =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
  return field(
    options,
    'number',
    { type: 'integer', minimum: min, maximum: max },
    Type(() => Number),
    ValidateBy({ name: 'wholeNumber', validator: { validate, defaultMessage: () => message } }),
  );
}

/** An object of its own class. */
export function Part(type: () => Constructor, options: FieldOptions = {}) {
  return field(
    options,
    { part: type },
    // A function of this name is what Nest takes for a class that is known later.
    { type: () => type() },
    IsObject({ message: '$property is an object' }),
    ValidateNested(),
    Type(type),
  );
}

/** An address that may be posted to: https, or http on this machine; it names nobody and ends before any `#`. */
export function WebAddress(options: FieldOptions = {}) {
  const message = '$property is a web address: https, or http on loopback, without user name and #';
  return field(
    { example: 'https://example.org/sillage', ...options },
    'text',
    { type: String, format: 'uri', maxLength: 2000 },
    ValidateBy({ name: 'webAddress', validator: { validate: isWebAddress, defaultMessage: () => message } }),
  );
}

function isWebAddress(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > 2000 || /[#\s]/.test(value) || !URL.canParse(value))
    return false;
  const { protocol, hostname, username, password } = new URL(value);
  if (username !== '' || password !== '') return false;
  const isLoopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback);
}

/** Objects whose content the decision checks: it can name more than a shape can. */
export function Objects(options: FieldOptions = {}) {
  return field(
    options,
    'objects',
    { type: [Object], maxItems: MAX_LIST } as ApiPropertyOptions,
    ...list(),
    IsObject({ each: true, message: '$property is a list of objects' }),
  );
}

export function Parts(type: () => Constructor, options: FieldOptions = {}) {
  return field(
    options,
    { parts: type },
    { type: () => [type()], maxItems: MAX_LIST } as ApiPropertyOptions,
    ...list(),
    IsObject({ each: true, message: '$property is a list of objects' }),
    ValidateNested({ each: true }),
    Type(type),
  );
}

/** A date that validation let through. */
export function when(text: string): Effective {
  return parseEffective(text)!;
}

/** For optional dates: an absent one stays absent. */
export function optionally<Key extends string>(
  key: Key,
  text: string | undefined,
): { readonly [K in Key]?: Effective } {
  return text === undefined ? {} : ({ [key]: when(text) } as { readonly [K in Key]?: Effective });
}
