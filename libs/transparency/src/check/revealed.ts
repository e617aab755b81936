import { streamName, type StreamName } from '#decider';
import type { CommittedEvent } from '../log/commitment.js';

/** The stream of the deferral that this event of a person's stream hands over. */
export function deferralRevealedBy({
  type,
  payload,
}: Pick<CommittedEvent, 'type' | 'payload'>): StreamName | undefined {
  if (type !== 'DeferralRevealed') return undefined;
  const { deferral } = payload as { readonly deferral?: unknown };
  return typeof deferral === 'string' ? streamName('deferral', deferral) : undefined;
}
