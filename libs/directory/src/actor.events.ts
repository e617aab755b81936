import type { DomainEvent } from '#decider';
import type { ActorId } from './directory.ids.js';

/** Sealed under the actor's own key. */
export interface ActorName {
  readonly familyName: string;
  readonly givenName: string;
}

export type ActorRegistered = DomainEvent<'ActorRegistered', ActorName & { readonly actor: ActorId }>;
export type ActorRevised = DomainEvent<'ActorRevised', Partial<ActorName>>;
export type ActorEvent = ActorRegistered | ActorRevised;
