import { streamName, type Id, type StreamName } from '#decider';

export type InstitutionId = Id<'Institution'>;
export type ActorId = Id<'Actor'>;
export type MandateId = Id<'Mandate'>;

export function institutionStream(institution: InstitutionId): StreamName {
  return streamName('institution', institution);
}

export function actorStream(actor: ActorId): StreamName {
  return streamName('actor', actor);
}
