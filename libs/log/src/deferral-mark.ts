import { streamKind, type Effective } from '#decider';
import { disclose, type Sealer, type StoredEvent } from '#event-store';
import { endMs, instantOf } from '#time';
import type { DeferralMark } from '#transparency';

const OPENING: Readonly<Record<string, 'deferral' | 'deferral-review'>> = {
  InformationDeferred: 'deferral',
  InformationDeferralReviewed: 'deferral-review',
};

/**
 * What the log says in clear about a deferral: that it began, until when; that it was looked at again, until when; that
 * it ended. Its date is sealed with the rest of the event, so this one kind of event is opened to be logged.
 * @throws where the key cannot be asked
 */
export async function deferralMark(
  event: StoredEvent,
  sealer: Pick<Sealer, 'cipherOf'> | undefined,
): Promise<{ readonly deferral?: DeferralMark }> {
  if (streamKind(event.stream) !== 'deferral') return {};
  if (event.type === 'InformationDeferralEnded') return { deferral: { mark: 'deferral-end' } };
  const mark = OPENING[event.type];
  if (mark === undefined) return {};
  if (!sealer) throw new Error('A deferral cannot be logged without the keys.');
  const cipher = await sealer.cipherOf(event.stream);
  // Erased before it was logged: nothing is left to be told or to be looked at again.
  if (!cipher) return {};
  const { reviewBy } = disclose(event, cipher).payload as { readonly reviewBy: Effective };
  return { deferral: { mark, until: instantOf(endMs(reviewBy)) } };
}
