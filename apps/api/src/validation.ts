import { ValidationPipe, type ArgumentMetadata, type ValidationError } from '@nestjs/common';
import { problem, type FieldError } from '#http';
import { accepted } from './accepted.js';

/** Checks requests against their classes; what is wrong is named field by field, with what to send instead. */
export function requestValidation(): ValidationPipe {
  return new RequestValidation({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    stopAtFirstError: true,
    exceptionFactory: (errors: ValidationError[]) =>
      invalidRequest(errors.flatMap((error) => fieldErrors(error, ''))),
  });
}

/** The libraries take fields that every object inherits for known ones, or drop them: they are refused first. */
class RequestValidation extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const right = metadata.type === 'body' && metadata.metatype && accepted(value, metadata.metatype);
    if (right) return right;
    if (metadata.type === 'body' && value !== undefined && !isObject(value)) throw noObject();
    const inherited = metadata.type === 'custom' ? [] : inheritedFields(value, '');
    if (inherited.length > 0) throw invalidRequest(inherited.map(noSuchField));
    return super.transform(value, metadata) as Promise<unknown>;
  }
}

function isObject(value: unknown): boolean {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function noObject() {
  return invalidRequest([
    { field: 'body', detail: 'The body is no object.', remedy: 'Send one JSON object.' },
  ]);
}

/** `__proto__`, `constructor`, `hasOwnProperty`, … wherever they stand. */
function inheritedFields(value: unknown, prefix: string): readonly string[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, part]) => {
    const field = pathOf(prefix, key);
    return [...(key in Object.prototype ? [field] : []), ...inheritedFields(part, field)];
  });
}

function invalidRequest(fields: readonly FieldError[]) {
  const detail = fields.length === 1 ? 'One field is not right.' : `${fields.length} fields are not right.`;
  return problem(400, 'invalid-request', detail, 'Mend the fields that are named.', { errors: fields });
}

function noSuchField(field: string): FieldError {
  return { field, detail: 'There is no such field.', remedy: 'Leave it out, or check its spelling.' };
}

function fieldErrors(error: ValidationError, prefix: string): FieldError[] {
  const field = pathOf(prefix, error.property);
  const own = Object.entries(error.constraints ?? {}).map(([name, message]) =>
    name === 'whitelistValidation'
      ? noSuchField(field)
      : { field, detail: 'This field is missing or was not understood.', remedy: sentence(message) },
  );
  return [...own, ...(error.children ?? []).flatMap((child) => fieldErrors(child, field))];
}

function pathOf(prefix: string, property: string): string {
  if (/^\d+$/.test(property)) return `${prefix}[${property}]`;
  return prefix ? `${prefix}.${property}` : property;
}

function sentence(message: string): string {
  return `${message.replace(/^nested property /, '').replace(/^each value in /, '')}.`;
}
