import type { Catalogue } from '#catalogue';
import { reject, type Effective } from '#decider';
import type { Rejected } from '#time';
import { inForce } from './institution.js';
import type { InstitutionFunction, MandateData, SecrecyBasis } from './institution.events.js';

export function unknownReference(field: string, what: string): Rejected {
  return reject({
    kind: 'unknown-reference',
    field,
    detail: `This is no ${what}.`,
    remedy: 'Use an id that this ledger gave you, or record it first.',
  });
}

export function unknownCode(field: string, what: string): Rejected {
  return reject({
    kind: 'unknown-code',
    field,
    detail: `The catalogue holds no such ${what}.`,
    remedy: 'Choose one of the catalogue: GET /v1/catalogue lists them.',
  });
}

/** The first code of a list that the catalogue does not hold. */
export function rejectUnknownCodes<Code extends string>(
  field: string,
  what: string,
  codes: readonly Code[],
  isKnown: (code: Code) => boolean,
): Rejected | undefined {
  const unknown = codes.findIndex((code) => !isKnown(code));
  return unknown < 0 ? undefined : unknownCode(`${field}[${unknown}]`, what);
}

/**
 * What somebody is and what binds them must stand in the catalogue. `any` and `any-bound-by-secrecy` stand in
 * provisions; nobody carries them.
 * @param prefix of the fields: empty, or `functions[1].`
 */
export function rejectUnknownQuality(
  catalogue: Catalogue,
  prefix: string,
  {
    categories,
    secrecy,
  }: { readonly categories: readonly string[]; readonly secrecy: readonly SecrecyBasis[] },
): Rejected | undefined {
  const bindings = secrecy.map(({ binding }) => binding);
  return (
    rejectUnknownCodes(
      `${prefix}categories`,
      'category of professionals',
      categories,
      (code) => catalogue.actorCategory(code)?.wildcard === false,
    ) ?? rejectUnknownCodes(`${prefix}secrecy`, 'binding', bindings, (code) => !!catalogue.binding(code))
  );
}

export function rejectUnknownFunctions(
  catalogue: Catalogue,
  functions: readonly InstitutionFunction[] = [],
): Rejected | undefined {
  const codes = functions.map((f) => f.function);
  const twice = codes.findIndex((code, i) => codes.indexOf(code) < i);
  if (twice >= 0)
    return reject({
      kind: 'contradiction',
      field: `functions[${twice}].function`,
      detail: 'This code names two functions.',
      remedy: 'Give each function a code of its own.',
    });
  return functions
    .map((f, i) => rejectUnknownQuality(catalogue, `functions[${i}].`, f))
    .find((rejected) => rejected !== undefined);
}

export function emptyScope(field: string, detail: string): Rejected {
  return reject({
    kind: 'empty-scope',
    field,
    detail,
    remedy: 'Name at least one: what is not named is not covered.',
  });
}

export function noSuchInstitution(): Rejected {
  return reject({
    kind: 'not-found',
    detail: 'There is no such institution that you may see.',
    remedy: 'Check the address.',
  });
}

/** For acts that are intended; what happened is recordable under an ended mandate too. */
export function rejectNotInForce(
  field: string,
  mandate: Pick<MandateData, 'validFrom' | 'validUntil'>,
  at: Effective,
): Rejected | undefined {
  if (inForce(mandate, at)) return undefined;
  return reject({
    kind: 'mandate-not-in-force',
    field,
    detail: 'This mandate is not in force at the date of the act.',
    remedy: 'Name a mandate that is in force then, or correct the date.',
  });
}
