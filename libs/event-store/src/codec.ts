import type { DomainEvent, Instant, Recorded, StreamName } from '#decider';
import { epochMs } from '#time';
import { canonical } from '#transparency';
import type { CommandContext } from './command-context.js';
import { disclose, encloseText, REQUEST_DIGEST, type ClearColumns, type StreamCipher } from './envelope.js';
import { newEventId } from './event-id.js';
import type { EventToAppend, StoredEvent } from './store.js';

/** Keys of streams, as the ledger needs them. */
export interface Sealer {
  /** The cipher of a stream that holds events; undefined when its key was destroyed. */
  cipherOf(stream: StreamName): Promise<StreamCipher | undefined>;
  /** The cipher to write with. A new key is durable before this resolves. @throws StreamErased */
  cipherFor(stream: StreamName): Promise<StreamCipher>;
}

type Payload = Readonly<Record<string, unknown>>;

/** The stream's key was destroyed: nothing of it can be read or written any more. */
export class StreamErased extends Error {
  override readonly name = 'StreamErased';
}

/** Per event type, how the data of schema 1, 2, … becomes that of the next. Stored events never change. */
export type Upcasters = Readonly<Record<string, readonly ((data: never) => unknown)[]>>;

/** An event on its way into the store, and what whoever reads it will be told. */
export interface Encoded {
  readonly toAppend: EventToAppend;
  recordedAt(position: number): Recorded<DomainEvent>;
}

/** Events in and out of their stored form. */
export class EventCodec {
  constructor(
    private readonly sealer: Sealer,
    private readonly upcasters: Upcasters,
  ) {}

  async encode(
    stream: StreamName,
    firstRevision: number,
    recordedAt: Instant,
    context: CommandContext,
    events: readonly DomainEvent[],
  ): Promise<Encoded[]> {
    const cipher = await this.sealer.cipherFor(stream);
    return events.map((event, i) => {
      const clear = {
        id: newEventId(epochMs(recordedAt)),
        stream,
        revision: firstRevision + i,
        type: event.type,
        schema: (this.upcasters[event.type]?.length ?? 0) + 1,
        recordedAt,
        effectiveAt: event.effectiveAt ?? recordedAt,
        actor: context.actor,
        commandId: context.commandId,
        correlationId: context.correlationId,
        causationId: context.causationId ?? null,
      };
      const data = event.data as Record<string, unknown>;
      const { text, read } = canonical(i === 0 ? { ...data, [REQUEST_DIGEST]: context.digest } : data);
      return {
        toAppend: encloseText(clear, text, cipher),
        recordedAt: (position) => this.toRecorded({ ...clear, position }, read as Payload),
      };
    });
  }

  /** @throws StreamErased when a key is gone; use openWhatRemains to read past erasures */
  async open(events: readonly StoredEvent[]): Promise<Recorded<DomainEvent>[]> {
    const opened = await this.openWhatRemains(events);
    return opened.map((event, i) => {
      if (event) return event;
      throw new StreamErased(`The key of ${events[i]!.stream} was destroyed.`);
    });
  }

  /** As many entries as events; undefined where the key was destroyed. */
  async openWhatRemains(events: readonly StoredEvent[]): Promise<(Recorded<DomainEvent> | undefined)[]> {
    const ciphers = new Map<StreamName, StreamCipher | undefined>();
    for (const { stream } of events)
      if (!ciphers.has(stream)) ciphers.set(stream, await this.sealer.cipherOf(stream));
    return events.map((event) => {
      const cipher = ciphers.get(event.stream);
      if (!cipher) return undefined;
      const { commitment: _, body: __, ...clear } = event;
      return this.toRecorded(clear, disclose(event, cipher).payload);
    });
  }

  private toRecorded(
    clear: ClearColumns & { readonly position: number },
    { [REQUEST_DIGEST]: request, ...data }: Payload,
  ): Recorded<DomainEvent> {
    const steps = this.upcasters[clear.type]?.slice(clear.schema - 1) ?? [];
    const current = steps.reduce<unknown>((old, upcast) => upcast(old as never), data);
    return { ...clear, data: current, ...(request === undefined ? {} : { request: String(request) }) };
  }
}
