import { randomUUID } from 'node:crypto';
import { asId, type Actor, type CommandId, type CorrelationId, type EventId } from '#decider';

/** Who commands, and how the command is recognised when it comes again. */
export interface CommandContext {
  readonly actor: Actor;
  readonly commandId: CommandId;
  /** Digest of the request's body: the same command id with another digest is refused. */
  readonly digest: string;
  readonly correlationId: CorrelationId;
  readonly causationId?: EventId;
  /** From If-Match: the revision that the caller saw. */
  readonly expectedRevision?: number;
}

/** For a command that nobody sends a second time: it is not recognised when it comes again. */
export function commandOnce(actor: Actor): CommandContext {
  return {
    actor,
    commandId: asId<'Command'>(randomUUID()),
    digest: '',
    correlationId: asId<'Correlation'>(randomUUID()),
  };
}
