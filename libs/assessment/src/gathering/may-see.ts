import type { Actor } from '#decider';
import type { InstitutionId } from '#directory';
import { institutionOf, type Origin, type Scope } from '#person';
import type { MaySee } from './words.js';

/**
 * A fact of another institution enters as its effect only. The caller may be told more of what their own institution
 * recorded, and of what names it, or everybody.
 * @param institutions of the mandates under which facts were recorded
 */
export function seenFrom(
  caller: Actor,
  own: InstitutionId | undefined,
  institutions: ReadonlyMap<string, InstitutionId>,
): MaySee {
  if (caller.kind !== 'mandate') return () => true;
  return ({ actor }: Origin, { recipients }: Scope) => {
    if (own === undefined) return false;
    if (actor.kind === 'mandate' && institutions.get(actor.id) === own) return true;
    if (actor.assistedBy !== undefined && institutions.get(actor.assistedBy) === own) return true;
    return (
      recipients.length === 0 ||
      recipients.some((r) => (r.kind === 'institution' ? r.institution : institutionOf(r)) === own)
    );
  };
}
