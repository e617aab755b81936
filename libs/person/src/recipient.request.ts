import { asId, type Rejection } from '#decider';
import type { Directory } from '#directory';
import { OneOf, Text, Uuid } from '#http';
import { unknownReference } from './rules.js';
import type { Recipient, RecipientScope } from './recipient.js';

const KINDS = ['mandate', 'outsider', 'category', 'institution', 'unknown'];

/** A recipient as a request names it: its kind, and the id that the kind asks for. */
export class RecipientRequest {
  @OneOf(KINDS) kind!: 'mandate' | 'outsider' | 'category' | 'institution' | 'unknown';
  @Uuid({ optional: true, description: 'For kind mandate.' }) mandate?: string;
  @Uuid({ optional: true, description: 'For kind outsider.' }) outsider?: string;
  @Uuid({ optional: true, description: 'For kinds category and institution.' }) institution?: string;
  @Text(120, { optional: true, description: 'For kind category: the function inside the institution.' })
  function?: string;
}

export type Resolved<Value> =
  | { readonly kind: 'resolved'; readonly value: Value }
  | { readonly kind: 'rejected'; readonly rejection: Rejection };

/** Recipients with the institutions behind their mandates; the first that is not known is named. */
export async function resolveRecipients(
  directory: Directory,
  field: string,
  requests: readonly RecipientRequest[],
): Promise<Resolved<readonly Recipient[]>> {
  const scopes = await resolveScopes(directory, field, requests);
  if (scopes.kind === 'rejected') return scopes;
  const whole = scopes.value.findIndex((scope) => scope.kind === 'institution');
  if (whole >= 0)
    return unknownReference(`${field}[${whole}].kind`, 'recipient: an institution reads nothing itself');
  return { kind: 'resolved', value: scopes.value as readonly Recipient[] };
}

/** The same for scopes, where a whole institution may be named. */
export async function resolveScopes(
  directory: Directory,
  field: string,
  requests: readonly RecipientRequest[],
): Promise<Resolved<readonly (RecipientScope | Recipient)[]>> {
  const value: (RecipientScope | Recipient)[] = [];
  for (const [i, request] of requests.entries()) {
    const scope = await resolve(directory, `${field}[${i}]`, request);
    if (scope.kind === 'rejected') return scope;
    value.push(scope.value);
  }
  return { kind: 'resolved', value };
}

async function resolve(
  directory: Directory,
  field: string,
  request: RecipientRequest,
): Promise<Resolved<RecipientScope | Recipient>> {
  switch (request.kind) {
    case 'mandate': {
      const known = request.mandate === undefined ? undefined : await directory.mandate(request.mandate);
      if (!known) return unknownReference(`${field}.mandate`, 'mandate of this ledger');
      const { mandate, institution } = known;
      return { kind: 'resolved', value: { kind: 'mandate', mandate: mandate.mandate, institution } };
    }
    case 'outsider':
      if (request.outsider === undefined) return unknownReference(`${field}.outsider`, 'outsider');
      return { kind: 'resolved', value: { kind: 'outsider', outsider: asId<'Outsider'>(request.outsider) } };
    case 'unknown':
      return { kind: 'resolved', value: { kind: 'unknown' } };
    default:
      return resolveInstitution(directory, field, request);
  }
}

async function resolveInstitution(
  directory: Directory,
  field: string,
  request: RecipientRequest,
): Promise<Resolved<RecipientScope>> {
  const institution = asId<'Institution'>(request.institution ?? '');
  if (!request.institution || !(await directory.institution(institution)))
    return unknownReference(`${field}.institution`, 'institution of this ledger');
  if (request.kind === 'institution')
    return { kind: 'resolved', value: { kind: 'institution', institution } };
  if (!request.function) return unknownReference(`${field}.function`, 'function: name one');
  return { kind: 'resolved', value: { kind: 'category', institution, function: request.function } };
}
