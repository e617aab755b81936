import { ApiProperty } from '@nestjs/swagger';
import type { DomainEvent, Recorded } from '#decider';
import type { Outcome } from '#event-store';
import { problem, problemOf } from './problem.js';

export class RecordedEvent {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ example: 'ConsentGranted' }) type!: string;
}

/** What every command answers. */
export class Answer {
  @ApiProperty({ type: [RecordedEvent], description: 'Empty when it was already true.' })
  events!: RecordedEvent[];
  @ApiProperty({ description: 'Revision of the stream, also the ETag.' }) revision!: number;
  @ApiProperty({ description: 'Send it as `after` to read what this command wrote.' }) position!: number;
  @ApiProperty({ description: 'This command had been recorded before.' }) repeated!: boolean;
}

/**
 * Turns an outcome into the answer of a command: ids of what was made, events, revision, position.
 * @throws Problem for whatever was not recorded
 */
export function answer<Event extends DomainEvent, View extends object>(
  outcome: Outcome<Event>,
  view: (events: readonly Recorded<Event>[]) => View,
): Answer & View {
  if (outcome.kind !== 'recorded') throw problemOfOutcome(outcome);
  const { events, revision, position, repeated } = outcome;
  const listed = events.map(({ id, type }) => ({ id, type }));
  return { ...view(events), events: listed, revision, position, repeated };
}

function problemOfOutcome(outcome: Exclude<Outcome<never>, { kind: 'recorded' }>) {
  switch (outcome.kind) {
    case 'rejected':
      return problemOf(outcome.rejection, outcome.position);
    case 'key-reused': {
      const detail = 'This Idempotency-Key was used for another request.';
      return problem(422, 'idempotency-key-reused', detail, 'Use a new key for a new request.');
    }
    case 'precondition-failed': {
      const detail = `The record has changed: it is at revision ${outcome.revision}.`;
      return problem(412, 'precondition-failed', detail, 'Read it again, then decide again.');
    }
    case 'contended': {
      const detail = 'Others kept recording about this person at the same moment.';
      return problem(409, 'contended', detail, 'Send the same request again, with the same key.');
    }
  }
}
