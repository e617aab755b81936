import {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
  ReadReq,
  ReadResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import {
  AllStreamPosition,
  Empty,
  StreamIdentifier,
  UUID,
} from '@eventstore/db-client/generated/shared_pb.js';
import type { Expected, LogRecord, Proposed, Verdict } from './server-log.js';

/** Between the messages of the service definitions and the words of the log. */

export function nameOf(identifier: StreamIdentifier | undefined): string {
  return Buffer.from(identifier!.getStreamName_asU8()).toString('utf8');
}

function identifierOf(stream: string): StreamIdentifier {
  return new StreamIdentifier().setStreamName(Buffer.from(stream, 'utf8').toString('base64'));
}

export function expectedOf(options: AppendReq.Options): Expected {
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasAny()) return 'any';
  if (options.hasStreamExists()) return 'stream_exists';
  return Number(options.getRevision());
}

export function expectedOfBatch(options: BatchAppendReq.Options): Expected {
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasAny()) return 'any';
  if (options.hasStreamExists()) return 'stream_exists';
  return Number(options.getStreamPosition());
}

export function proposedOf(message: AppendReq.ProposedMessage | BatchAppendReq.ProposedMessage): Proposed {
  const metadata = message.getMetadataMap();
  return {
    id: message.getId()!.getString(),
    type: metadata.get('type')!,
    contentType: metadata.get('content-type')!,
    data: Buffer.from(message.getData_asU8()),
    metadata: Buffer.from(message.getCustomMetadata_asU8()),
  };
}

export function appendAnswer(verdict: Exclude<Verdict, { kind: 'deleted' }>, expected: Expected): AppendResp {
  if (verdict.kind === 'wrong')
    return new AppendResp().setWrongExpectedVersion(wrong(verdict.actual, expected));
  const success = new AppendResp.Success().setCurrentRevision(String(verdict.revision));
  const position = new AppendResp.Position();
  position.setCommitPosition(String(verdict.position)).setPreparePosition(String(verdict.position));
  return new AppendResp().setSuccess(success.setPosition(position));
}

function wrong(actual: number, expected: Expected): AppendResp.WrongExpectedVersion {
  const message = new AppendResp.WrongExpectedVersion();
  if (actual < 0) message.setCurrentNoStream(new Empty());
  else message.setCurrentRevision(String(actual));
  if (typeof expected === 'number') message.setExpectedRevision(String(expected));
  else if (expected === 'no_stream') message.setExpectedNoStream(new Empty());
  else if (expected === 'any') message.setExpectedAny(new Empty());
  else message.setExpectedStreamExists(new Empty());
  return message;
}

export function batchAnswer(
  correlation: UUID | undefined,
  stream: string,
  verdict: Extract<Verdict, { kind: 'stored' }>,
): BatchAppendResp {
  const position = new AllStreamPosition();
  position.setCommitPosition(String(verdict.position)).setPreparePosition(String(verdict.position));
  const success = new BatchAppendResp.Success().setCurrentRevision(String(verdict.revision));
  return new BatchAppendResp()
    .setCorrelationId(correlation)
    .setStreamIdentifier(identifierOf(stream))
    .setSuccess(success.setPosition(position));
}

export function eventMessage(record: LogRecord): ReadResp {
  const at = String(record.position);
  const recorded = new ReadResp.ReadEvent.RecordedEvent()
    .setId(new UUID().setString(record.id))
    .setStreamIdentifier(identifierOf(record.stream))
    .setStreamRevision(String(record.revision))
    .setCommitPosition(at)
    .setPreparePosition(at)
    .setData(record.data)
    .setCustomMetadata(record.metadata);
  const metadata = recorded.getMetadataMap();
  metadata
    .set('type', record.type)
    .set('content-type', record.contentType)
    .set('created', '17676000000000000');
  return new ReadResp().setEvent(new ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(at));
}

export function confirmation(): ReadResp {
  return new ReadResp().setConfirmation(
    new ReadResp.SubscriptionConfirmation().setSubscriptionId('stand-in'),
  );
}

export function caughtUp(): ReadResp {
  return new ReadResp().setCaughtUp(new ReadResp.CaughtUp());
}

export function streamNotFound(stream: string): ReadResp {
  return new ReadResp().setStreamNotFound(
    new ReadResp.StreamNotFound().setStreamIdentifier(identifierOf(stream)),
  );
}

/** Which records a read or a subscription asks for, by the name of their stream. */
export function filterOf(options: ReadReq.Options): (record: LogRecord) => boolean {
  const wanted = options.getFilter()?.getStreamIdentifier();
  if (!wanted) return () => true;
  const prefixes = wanted.getPrefixList();
  const regex = new RegExp(wanted.getRegex());
  return ({ stream }) =>
    prefixes.length > 0 ? prefixes.some((prefix) => stream.startsWith(prefix)) : regex.test(stream);
}
