import type { Actor, CommandId, CorrelationId, EventId } from '#decider';

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
