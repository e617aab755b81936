import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerWritableStream } from '@grpc/grpc-js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { caughtUp, confirmation, eventMessage, filterOf, nameOf, streamNotFound } from './messages.js';
import type { LogRecord, ServerLog } from './server-log.js';
import { serviceError } from './service-error.js';

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

const BACKWARDS = 1;

/** A read of a stream, of the whole log, or a subscription to it, on what a node has of the log. */
export function answerRead(
  call: ReadCall,
  log: ServerLog,
  seen: (record: LogRecord) => boolean,
  pauseMs = 0,
): void {
  const options = call.request.getOptions()!;
  if (options.hasStream()) return readStream(call, log, seen);
  const all = options.getAll()!;
  const at = Number(all.getPosition()?.getCommitPosition() ?? 0);
  if (all.hasPosition() && at <= (log.records.at(-1)?.position ?? 0) && !log.knows(at))
    return void call.emit('error', serviceError(2, 'Unexpected ReadAllResult: Error'));
  const records = log.records.filter(seen);
  const isBackwards = options.getReadDirection() === BACKWARDS;
  const found = isBackwards
    ? records.filter(({ position }) => all.hasEnd() || position < at).toReversed()
    : records.filter(({ position }) => !all.hasEnd() && position >= at);
  void send(call, found.slice(0, Number(options.getCount())), pauseMs);
}

function readStream(call: ReadCall, log: ServerLog, seen: (record: LogRecord) => boolean): void {
  const options = call.request.getOptions()!;
  const from = options.getStream()!;
  const stream = nameOf(from.getStreamIdentifier());
  if (log.isDeleted(stream)) {
    const details = `Event stream '${stream}' is deleted.`;
    return void call.emit('error', serviceError(9, details, 'stream-deleted', { 'stream-name': stream }));
  }
  const records = log.of(stream).filter(seen);
  if (records.length === 0) {
    call.write(streamNotFound(stream));
    return void call.end();
  }
  const isBackwards = options.getReadDirection() === BACKWARDS;
  const ordered = isBackwards ? records.toReversed() : records;
  const first = from.hasRevision() ? Number(from.getRevision()) : 0;
  const found = ordered.filter(({ revision }) => isBackwards || revision >= first);
  void send(call, found.slice(0, Number(options.getCount())));
}

async function send(call: ReadCall, records: readonly LogRecord[], pauseMs = 0): Promise<void> {
  for (const record of records) {
    if (pauseMs > 0) await sleep(pauseMs);
    call.write(eventMessage(record));
  }
  call.end();
}

/** A live subscription, as a node keeps it. */
export class Subscriber {
  private unsent = 0;
  private readonly isWanted: (record: LogRecord) => boolean;
  private readonly stopListening: () => void;

  constructor(
    private readonly call: ReadCall,
    log: ServerLog,
    seen: (record: LogRecord) => boolean,
    /** More messages than this waiting for the consumer, and it is dropped. */
    private readonly patience: number,
  ) {
    this.isWanted = filterOf(call.request.getOptions()!);
    call.on('drain', () => (this.unsent = 0));
    call.write(confirmation());
    for (const record of catchUp(call, log).filter(seen)) this.deliver(record);
    call.write(caughtUp());
    this.stopListening = log.listen((record) => this.deliver(record));
    call.on('cancelled', this.stopListening);
  }

  /** Without an error, as was seen too. */
  end(): void {
    this.stopListening();
    this.call.end();
  }

  fail(code: number, details: string): void {
    this.stopListening();
    this.call.emit('error', serviceError(code, details));
  }

  private deliver(record: LogRecord): void {
    if (this.call.destroyed || !this.isWanted(record)) return;
    if (!this.call.write(eventMessage(record)) && ++this.unsent > this.patience)
      this.fail(10, 'Operation timed out: Consumer too slow to handle event while live.');
  }
}

/**
 * From a position the real server reads one event there and starts after it. When the event of that position
 * was scavenged, that is the next one, which nobody ever gets.
 */
function catchUp(call: ReadCall, log: ServerLog): LogRecord[] {
  const all = call.request.getOptions()!.getAll()!;
  if (all.hasEnd()) return [];
  if (all.hasStart()) return [...log.records];
  const at = Number(all.getPosition()!.getCommitPosition());
  return log.records.filter(({ position }) => position >= at).slice(1);
}
