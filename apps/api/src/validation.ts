import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { problem, type FieldError } from '#http';

/** Checks requests against their classes; what is wrong is named field by field, with what to send instead. */
export function requestValidation(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    stopAtFirstError: true,
    exceptionFactory: (errors: ValidationError[]) => {
      const fields = errors.flatMap((error) => fieldErrors(error, ''));
      const detail =
        fields.length === 1 ? 'One field is not right.' : `${fields.length} fields are not right.`;
      return problem(400, 'invalid-request', detail, 'Mend the fields that are named.', { errors: fields });
    },
  });
}

function fieldErrors(error: ValidationError, prefix: string): FieldError[] {
  const field = pathOf(prefix, error.property);
  const own = Object.entries(error.constraints ?? {}).map(([name, message]) =>
    name === 'whitelistValidation'
      ? { field, detail: 'There is no such field.', remedy: 'Leave it out, or check its spelling.' }
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
