import type { Rejection, RejectionKind } from '#decider';

/** Which HTTP status each rejection is answered with. A kind without one fails to compile. */
export const STATUS: Readonly<Record<RejectionKind, number>> = {
  'not-found': 404,
  'unknown-reference': 422,
  'unknown-code': 422,
  'already-exists': 409,
  'possible-duplicate': 409,
  'already-ended': 409,
  'mandate-not-in-force': 422,
  'date-in-future': 422,
  'date-before-birth': 422,
  'period-inverted': 422,
  'empty-scope': 422,
  'too-large': 422,
  'not-held': 422,
  'not-permitted': 403,
  'decision-needed': 422,
  contradiction: 422,
  'stream-closed': 404,
};

export interface FieldError {
  /** Path in the request: `recipients[0].mandate`. */
  readonly field: string;
  readonly detail: string;
  readonly remedy: string;
}

/** RFC 9457 problem details, with the fields that are wrong and what to do about each. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly remedy?: string;
  readonly errors?: readonly FieldError[];
  readonly [extension: string]: unknown;
}

/** Carries a problem to the filter that answers with it. */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly body: ProblemBody,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(body.detail);
  }
}

export function problem(
  status: number,
  kind: string,
  detail: string,
  remedy?: string,
  extensions: Readonly<Record<string, unknown>> = {},
): Problem {
  const title = kind.replaceAll('-', ' ').replace(/^./, (first) => first.toUpperCase());
  const type = `urn:sillage:problem:${kind}`;
  return new Problem({ type, title, status, detail, ...(remedy ? { remedy } : {}), ...extensions });
}

export function problemOf(rejection: Rejection, position?: number): Problem {
  const { kind, field, detail, remedy, choices } = rejection;
  return problem(STATUS[kind], kind, detail, remedy, {
    ...(field ? { errors: [{ field, detail, remedy }] } : {}),
    ...(choices ? { choices } : {}),
    ...(position === undefined ? {} : { position }),
  });
}

export function notFound(): Problem {
  return problem(404, 'not-found', 'There is nothing here that you may see.', 'Check the address.');
}
