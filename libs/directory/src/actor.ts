import { unreachable, type Fold, type Recorded } from '#decider';
import type { ActorEvent, ActorName } from './actor.events.js';

export type ActorState =
  { readonly status: 'unknown' } | { readonly status: 'registered'; readonly name: ActorName };

export const actorFold: Fold<ActorState, Recorded<ActorEvent>> = {
  initial: { status: 'unknown' },
  evolve(state, event) {
    switch (event.type) {
      case 'ActorRegistered': {
        const { familyName, givenName } = event.data;
        return { status: 'registered', name: { familyName, givenName } };
      }
      case 'ActorRevised':
        return state.status === 'unknown' ? state : { ...state, name: { ...state.name, ...event.data } };
      default:
        return unreachable(event);
    }
  },
};
