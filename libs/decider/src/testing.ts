import type { Decision, Fold } from './decision.js';
import type { DomainEvent, Effective, Instant, Metadata, Recorded } from './event.js';
import { asId, streamName } from './ids.js';
import type { Rejection } from './rejection.js';

/** A fact on record, for tests: every part of the envelope is fixed unless it is given. */
export function recorded<Event extends DomainEvent>(
  event: Event,
  revision: number,
  envelope: Partial<Metadata> = {},
): Recorded<Event> {
  const recordedAt = envelope.recordedAt ?? ('2026-01-01T00:00:00.000Z' as Instant);
  const effectiveAt: Effective = event.effectiveAt ?? envelope.effectiveAt ?? recordedAt;
  return {
    id: asId<'Event'>(`00000000-0000-7000-8000-${String(revision).padStart(12, '0')}`),
    stream: streamName('test', 'stream'),
    revision,
    position: revision + 1,
    schema: 1,
    actor: { kind: 'client', id: 'test' },
    commandId: asId<'Command'>(`00000000-0000-8000-8000-${String(revision).padStart(12, '0')}`),
    correlationId: asId<'Correlation'>('00000000-0000-4000-8000-000000000000'),
    causationId: null,
    ...envelope,
    ...event,
    recordedAt,
    effectiveAt,
  } as unknown as Recorded<Event>;
}

/** given(events).when(command).then(…): a decision told as a story. Works with any test runner. */
export function given<State, Event extends DomainEvent>(
  fold: Fold<State, Recorded<Event>>,
  events: readonly Event[],
) {
  const state = events.reduce((s, event, i) => fold.evolve(s, recorded(event, i)), fold.initial);
  return {
    state,
    when<Command>(decide: (state: State, command: Command) => Decision<Event>, command: Command) {
      const decision = decide(state, command);
      return {
        decision,
        events(): readonly Event[] {
          if (decision.kind === 'rejected') throw new Error(`rejected: ${decision.rejection.detail}`);
          return decision.events;
        },
        rejection(): Rejection {
          if (decision.kind === 'accepted')
            throw new Error(`accepted: ${decision.events.map((e) => e.type).join(', ')}`);
          return decision.rejection;
        },
      };
    },
  };
}
