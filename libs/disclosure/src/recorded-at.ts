import type { Directory, InstitutionId } from '#directory';
import type { ActivePerson, DisclosureId } from '#person';

/** The institution whose mandate recorded an act; none where a program did, or where there is no such act. */
export async function recordedAt(
  directory: Directory,
  person: ActivePerson,
  disclosure: DisclosureId,
): Promise<{ readonly recordedAt?: InstitutionId }> {
  const actor = person.acts.get(disclosure)?.origin.actor;
  const institution = actor?.kind === 'mandate' ? await directory.institutionOf(actor.id) : undefined;
  return institution ? { recordedAt: institution } : {};
}
