import { randomUUID } from 'node:crypto';
import { asId, uuid8, type DomainEvent, type Fold, type Id, type Recorded, type StreamName } from '#decider';
import type { CommandContext, Decide, Ledger, Outcome } from '#event-store';
import type { Sealing } from '#sealing';
import type { CommandRequest } from './command-request.js';

/** Takes commands to the ledger and recognises those that come again, on whichever node they arrive. */
export class Recorder {
  constructor(
    readonly ledger: Ledger,
    private readonly sealing: Sealing,
  ) {}

  async decide<State, Event extends DomainEvent>(
    stream: StreamName,
    fold: Fold<State, Recorded<Event>>,
    request: CommandRequest,
    decide: Decide<State, Event>,
  ): Promise<Outcome<Event>> {
    const context: CommandContext = {
      actor: request.caller,
      commandId: await this.idFor<'Command'>(request, stream),
      digest: request.digest,
      correlationId: request.correlationId,
      ...(request.expectedRevision === undefined ? {} : { expectedRevision: request.expectedRevision }),
    };
    return this.ledger.decide(stream, fold, context, decide);
  }

  /** Whether the request comes again, as far as this stream remembers. */
  async knows<State, Event extends DomainEvent>(
    stream: StreamName,
    fold: Fold<State, Recorded<Event>>,
    request: CommandRequest,
  ): Promise<boolean> {
    if (request.idempotencyKey === undefined) return false;
    const { commands } = await this.ledger.load(stream, fold);
    return commands.has(await this.idFor<'Command'>(request, stream));
  }

  /**
   * A UUIDv8 that is the same whenever the same caller repeats the same key for the same place, so that a
   * repeated registration finds the stream it made; without a key it is new.
   */
  async idFor<Kind extends string>(request: CommandRequest, place: string): Promise<Id<Kind>> {
    if (request.idempotencyKey === undefined) return asId<Kind>(randomUUID());
    const { kind, id } = request.caller;
    const mac = await this.sealing.hmac(
      'command-ids',
      JSON.stringify([kind, id, request.idempotencyKey, place]),
    );
    return uuid8<Kind>(mac);
  }
}
