import type { Actor } from '#decider';
import { unknownReference, type Directory, type KnownMandate } from '#directory';
import { foreign } from './foreign.js';
import { resolveRecipient, type RecipientRequest, type Resolved } from './recipient.request.js';
import type { Holder } from './recipient.js';

/**
 * The mandate under which somebody acts: the one that is named, else the caller's. A client must name it; a
 * professional may record for colleagues of their own institution.
 */
export async function actingMandate(
  directory: Directory,
  caller: Actor,
  field: string,
  named: string | undefined,
): Promise<Resolved<KnownMandate>> {
  const id = named ?? (caller.kind === 'mandate' ? caller.id : undefined);
  const known = id === undefined ? undefined : await directory.mandate(id);
  if (!known) return unknownReference(field, 'mandate of this ledger: name the one that acts');
  const isForeign =
    caller.kind === 'mandate' && (await directory.institutionOf(caller.id)) !== known.institution;
  return isForeign ? foreign(field) : { kind: 'resolved', value: known };
}

/** Who holds an item: the holder that is named, else the caller's mandate. Somebody unknown holds nothing. */
export async function resolveHolder(
  directory: Directory,
  caller: Actor,
  field: string,
  named: RecipientRequest | undefined,
): Promise<Resolved<Holder>> {
  if (named?.kind === 'unknown') return unknownReference(`${field}.kind`, 'holder that can be named');
  if (named) return resolveRecipient(directory, field, named);
  const acting = await actingMandate(directory, caller, field, undefined);
  return acting.kind === 'rejected' ? acting : { kind: 'resolved', value: holderOf(acting.value) };
}

export function holderOf({ mandate, institution }: KnownMandate): Extract<Holder, { kind: 'mandate' }> {
  return { kind: 'mandate', mandate: mandate.mandate, institution };
}
