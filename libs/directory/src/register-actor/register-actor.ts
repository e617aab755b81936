import { accept, reject, type Decision } from '#decider';
import type { ActorName, ActorRegistered } from '../actor.events.js';
import type { ActorState } from '../actor.js';
import type { ActorId } from '../directory.ids.js';

export interface RegisterActor {
  readonly actor: ActorId;
  readonly name: ActorName;
}

export function registerActor(state: ActorState, { actor, name }: RegisterActor): Decision<ActorRegistered> {
  if (state.status === 'registered')
    return reject({
      kind: 'already-exists',
      detail: 'This actor is registered already.',
      remedy: 'Use the one that is there, or another Idempotency-Key.',
    });
  return accept({ type: 'ActorRegistered', data: { actor, ...name } });
}
