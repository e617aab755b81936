import { asId } from '#decider';
import { OneOf, Uuid } from '#http';
import type { Speaker } from './will.events.js';

/** Who speaks: the person, or a representative by their id. */
export class SpeakerRequest {
  @OneOf(['person', 'representative']) kind!: 'person' | 'representative';
  @Uuid({ optional: true, forKinds: ['representative'] }) representative?: string;
}

export const MEANS = ['written', 'oral', 'electronic', 'by-any-means'] as const;

/** Left out: the person themselves. */
export function speakerOf(request: SpeakerRequest | undefined): Speaker {
  return request?.kind === 'representative'
    ? { kind: 'representative', representative: asId<'Representative'>(request.representative ?? '') }
    : { kind: 'person' };
}
