import { asCode, asId } from '#decider';
import type { Directory } from '#directory';
import { Codes, Parts, Uuids } from '#http';
import { RecipientRequest, resolveScopes, type Resolved } from './recipient.request.js';
import type { Scope } from './recipient.js';

/** What a refusal, withdrawal or objection is about; a list left out leaves that dimension open. */
export class ScopeRequest {
  @Uuids({ optional: true, description: 'Items of this person.' }) items?: string[];
  @Codes({ optional: true, description: 'Categories; items described later are included.' })
  categories?: string[];
  @Parts(() => RecipientRequest, { optional: true }) recipients?: RecipientRequest[];
  @Codes({ optional: true }) purposes?: string[];
}

export async function resolveScope(
  directory: Directory,
  field: string,
  request: ScopeRequest,
): Promise<Resolved<Scope>> {
  const recipients = await resolveScopes(directory, `${field}recipients`, request.recipients ?? []);
  if (recipients.kind === 'rejected') return recipients;
  const value = {
    items: (request.items ?? []).map((id) => asId<'Item'>(id)),
    categories: (request.categories ?? []).map((code) => asCode<'Category'>(code)),
    recipients: recipients.value,
    purposes: (request.purposes ?? []).map((code) => asCode<'Purpose'>(code)),
  };
  return { kind: 'resolved', value };
}
