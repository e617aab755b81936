import type { Rejection } from './rejection.js';

/** What a decision on one stream comes to. A rejection is a value; exceptions are faults. */
export type Decision<Event> =
  | { readonly kind: 'accepted'; readonly events: readonly Event[] }
  | { readonly kind: 'rejected'; readonly rejection: Rejection };

/** Accepting no event means "already true": nothing is written and the caller is told so. */
export function accept<Event>(...events: readonly Event[]): Decision<Event> {
  return { kind: 'accepted', events };
}

export function reject(rejection: Rejection): { readonly kind: 'rejected'; readonly rejection: Rejection } {
  return { kind: 'rejected', rejection };
}

/** How a stream's events make its state. Pure: same events, same state, whenever it is replayed. */
export interface Fold<State, Event> {
  readonly initial: State;
  evolve(state: State, event: Event): State;
}

/** For the end of every switch over events or states: a forgotten variant fails to compile. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
