import type { DomainEvent, Recorded } from '#decider';
import type { DeferralRevealed, Placed } from '../will.events.js';

/** More than any deferral holds: a place between two revisions of the person's stream is a fraction of this. */
export const PLACES = 2 ** 20;

/**
 * The event as the person's state takes it: its revision tells where it stands in the person's record, so that what
 * was said before and after it keeps its order, whenever it was revealed.
 */
export function asPlaced<Event extends DomainEvent>({ behind, event }: Placed): Recorded<Event> {
  return { ...event, revision: behind + (event.revision + 1) / PLACES } as Recorded<Event>;
}

/** An event that stands on another stream than the person's own. */
export function isPlaced({ revision }: { readonly revision: number }): boolean {
  return !Number.isInteger(revision);
}

/** A whole number for each place, in the order of places. */
export function placeNumber(revision: number): number {
  return revision * PLACES;
}

/** In the order of the record. */
export function inPlace(placed: readonly Placed[]): readonly Placed[] {
  return [...placed].sort((a, b) => a.behind - b.behind || a.event.position - b.event.position);
}

/** What a reveal hands over, as the person's state takes it. */
export function revealedBy<Event extends DomainEvent>({
  facts,
}: DeferralRevealed['data']): readonly Recorded<Event>[] {
  return facts.map((placed) => asPlaced<Event>(placed));
}

/** Where the event stands on its own stream. */
export function ownRevision({ revision }: { readonly revision: number }): number {
  return isPlaced({ revision }) ? (revision % 1) * PLACES - 1 : revision;
}
