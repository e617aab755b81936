import { asId, type Rejection } from '#decider';
import type { Directory } from '#directory';
import { CodeField, OneOf, Uuid } from '#http';
import { unknownReference } from './rules.js';
import type { Recipient, RecipientScope } from './recipient.js';

const KINDS = ['mandate', 'outsider', 'category', 'institution', 'unknown'];

/** A recipient as a request names it: its kind, and the id that the kind asks for. */
export class RecipientRequest {
  @OneOf(KINDS) kind!: 'mandate' | 'outsider' | 'category' | 'institution' | 'unknown';
  @Uuid({ optional: true, forKinds: ['mandate'] }) mandate?: string;
  @Uuid({ optional: true, forKinds: ['outsider'] }) outsider?: string;
  @Uuid({ optional: true, forKinds: ['category', 'institution'] }) institution?: string;
  @CodeField({ optional: true, forKinds: ['category'], description: 'One that the institution declares.' })
  function?: string;
}

export type Resolved<Value> =
  | { readonly kind: 'resolved'; readonly value: Value }
  | { readonly kind: 'rejected'; readonly rejection: Rejection };

/** A recipient with the institution behind its mandate. */
export async function resolveRecipient(
  directory: Directory,
  field: string,
  request: RecipientRequest,
): Promise<Resolved<Recipient>> {
  const named = await resolve(directory, field, request);
  if (named.kind === 'rejected') return named;
  if (named.value.kind === 'institution')
    return unknownReference(`${field}.kind`, 'recipient: an institution reads nothing itself');
  return { kind: 'resolved', value: named.value };
}

/** The same for scopes: a whole institution may be named, somebody unknown may not. */
async function resolveRecipientScope(
  directory: Directory,
  field: string,
  request: RecipientRequest,
): Promise<Resolved<RecipientScope>> {
  const named = await resolve(directory, field, request);
  if (named.kind === 'rejected') return named;
  if (named.value.kind === 'unknown')
    return unknownReference(`${field}.kind`, 'recipient that can be named: leave the list out for everybody');
  return { kind: 'resolved', value: named.value };
}

/** Recipients in their order; the first that is not known is named. */
export function resolveRecipients(
  directory: Directory,
  field: string,
  requests: readonly RecipientRequest[],
): Promise<Resolved<readonly Recipient[]>> {
  return resolveEach(field, requests, (at, request) => resolveRecipient(directory, at, request));
}

export function resolveScopes(
  directory: Directory,
  field: string,
  requests: readonly RecipientRequest[],
): Promise<Resolved<readonly RecipientScope[]>> {
  return resolveEach(field, requests, (at, request) => resolveRecipientScope(directory, at, request));
}

async function resolveEach<Value>(
  field: string,
  requests: readonly RecipientRequest[],
  resolveOne: (field: string, request: RecipientRequest) => Promise<Resolved<Value>>,
): Promise<Resolved<readonly Value[]>> {
  const value: Value[] = [];
  for (const [i, request] of requests.entries()) {
    const one = await resolveOne(`${field}[${i}]`, request);
    if (one.kind === 'rejected') return one;
    value.push(one.value);
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
  const known = request.institution ? await directory.institution(institution) : undefined;
  if (!known) return unknownReference(`${field}.institution`, 'institution of this ledger');
  if (request.kind === 'institution')
    return { kind: 'resolved', value: { kind: 'institution', institution } };
  const declared = known.data.functions?.find((f) => f.function === request.function);
  if (!declared) return unknownReference(`${field}.function`, 'function that the institution declares');
  return { kind: 'resolved', value: { kind: 'category', institution, function: declared.function } };
}
