import {
  Server,
  ServerCredentials,
  type sendUnaryData,
  type ServerDuplexStream,
  type ServerReadableStream,
  type ServerUnaryCall,
} from '@grpc/grpc-js';
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import { ClusterInfo, EndPoint, MemberInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import { SupportedMethod, SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import { UUID, type Empty } from '@eventstore/db-client/generated/shared_pb.js';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import {
  TombstoneResp,
  type AppendReq,
  type AppendResp,
  type BatchAppendReq,
  type BatchAppendResp,
  type TombstoneReq,
} from '@eventstore/db-client/generated/streams_pb.js';
import type { AppendCall, AppendFault } from './faults.js';
import { appendAnswer, batchAnswer, expectedOf, expectedOfBatch, nameOf, proposedOf } from './messages.js';
import { answerRead, Subscriber, type ReadCall } from './reads.js';
import { ServerLog, type LogRecord, type Verdict } from './server-log.js';
import { serviceError } from './service-error.js';

const MAX_APPEND_BYTES = 1_048_576;
const { FOLLOWER, LEADER, UNKNOWN } = MemberInfo.VNodeState;

/**
 * A STAND-IN for a node of EventStoreDB 23.10: the client's own service definitions over a log in memory. It
 * stores nothing, secures nothing and elects nobody; it does to its clients what a real server was seen to
 * do, its faults first of all. The judge is the real server: `npm run test:kurrentdb`.
 */
export class StandIn {
  private readonly server = new Server({ 'grpc.max_receive_message_length': 20_000_000 });
  private readonly subscribers = new Set<Subscriber>();
  private port = 0;
  /** Names of the calls that came in. */
  readonly calls: string[] = [];
  /** What goes wrong with the next appends, one each. */
  readonly appendFaults: AppendFault[] = [];
  /** Every append, when the list above is empty. */
  everyAppend: AppendFault = ({ store, answer }) => answer(store());
  /** The members, this one included; the leader first. */
  cluster: readonly StandIn[] = [this];
  /** A follower, or a leader that was deposed, does not have everything. */
  sees: (record: LogRecord) => boolean = () => true;
  /** What comes is neither answered nor refused. */
  isFrozen = false;
  /** Nobody leads: the members say of each other that they do not know yet. */
  isElecting = false;
  refusesEveryone = false;
  /** Before each event of the whole log that it reads out. */
  pauseMs = 0;
  patience = 1000;
  /** Batches are stored, and their answers kept back. */
  holdsBatches = false;

  private constructor(readonly log: ServerLog) {}

  static async start(log = new ServerLog()): Promise<StandIn> {
    const node = new StandIn(log);
    await node.listen();
    return node;
  }

  get url(): string {
    return `esdb://${this.cluster.map(({ port }) => `127.0.0.1:${port}`).join(',')}?tls=false`;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Ends what is under way as a killed process would. */
  stop(): void {
    this.server.forceShutdown();
  }

  endSubscriptions(): void {
    for (const subscriber of this.subscribers) subscriber.end();
    this.subscribers.clear();
  }

  dropSubscriptions(): void {
    for (const subscriber of this.subscribers) subscriber.fail(14, 'Connection dropped');
    this.subscribers.clear();
  }

  private async listen(): Promise<void> {
    this.server.addService(StreamsService, {
      append: this.append.bind(this),
      batchAppend: this.batchAppend.bind(this),
      read: this.read.bind(this),
      tombstone: this.tombstone.bind(this),
      delete: (_: unknown, callback: sendUnaryData<never>) =>
        callback(serviceError(12, 'A soft delete leaves the last event: nobody may use it here.')),
    });
    this.server.addService(ServerFeaturesService, { getSupportedMethods: supportedMethods });
    this.server.addService(GossipService, { read: this.gossip.bind(this) });
    const credentials = ServerCredentials.createInsecure();
    this.port = await new Promise((resolve, reject) =>
      this.server.bindAsync('127.0.0.1:0', credentials, (error, port) =>
        error ? reject(error) : resolve(port),
      ),
    );
  }

  private append(
    call: ServerReadableStream<AppendReq, AppendResp>,
    callback: sendUnaryData<AppendResp>,
  ): void {
    this.calls.push('append');
    const requests: AppendReq[] = [];
    call.on('data', (request: AppendReq) => requests.push(request));
    call.on('end', () => {
      if (this.isFrozen) return;
      const refused = this.refusal(call.metadata.get('requires-leader').length > 0);
      if (refused) return callback(refused);
      const options = requests[0]!.getOptions()!;
      const stream = nameOf(options.getStreamIdentifier());
      const events = requests.slice(1).map((request) => proposedOf(request.getProposedMessage()!));
      if (events.reduce((sum, { data }) => sum + data.length, 0) > MAX_APPEND_BYTES)
        return callback(tooLarge());
      const expected = expectedOf(options);
      const answer = (stored: Verdict) =>
        stored.kind === 'deleted'
          ? callback(deleted(stream))
          : callback(null, appendAnswer(stored, expected));
      const one: AppendCall = {
        store: () => this.log.append(stream, expected, events),
        answer,
        fail: (code, details, exception) => callback(serviceError(code, details, exception)),
      };
      (this.appendFaults.shift() ?? this.everyAppend)(one);
    });
  }

  private batchAppend(call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>): void {
    this.calls.push('batchAppend');
    call.on('data', (request: BatchAppendReq) => {
      const options = request.getOptions()!;
      const stream = nameOf(options.getStreamIdentifier());
      const events = request.getProposedMessagesList().map(proposedOf);
      const verdict = this.log.append(stream, expectedOfBatch(options), events);
      if (this.holdsBatches) return;
      if (verdict.kind !== 'stored') return void call.emit('error', serviceError(13, 'A batch failed.'));
      call.write(batchAnswer(request.getCorrelationId(), stream, verdict));
    });
    call.on('end', () => call.end());
  }

  private read(call: ReadCall): void {
    const isLive = call.request.getOptions()!.hasSubscription();
    this.calls.push(isLive ? 'subscribe' : 'read');
    if (this.isFrozen) return;
    const refused = this.refusal(call.metadata.get('requires-leader').length > 0);
    if (refused) return void call.emit('error', refused);
    if (isLive) this.subscribers.add(new Subscriber(call, this.log, this.sees, this.patience));
    else answerRead(call, this.log, this.sees, this.pauseMs);
  }

  private tombstone(
    call: ServerUnaryCall<TombstoneReq, TombstoneResp>,
    callback: sendUnaryData<TombstoneResp>,
  ): void {
    const stream = nameOf(call.request.getOptions()!.getStreamIdentifier());
    if (this.log.isDeleted(stream)) return callback(deleted(stream));
    const at = String(this.log.tombstone(stream));
    const position = new TombstoneResp.Position().setCommitPosition(at).setPreparePosition(at);
    callback(null, new TombstoneResp().setPosition(position));
  }

  private refusal(requiresLeader: boolean) {
    if (this.refusesEveryone) return serviceError(16, 'Unauthenticated', 'access-denied');
    const [leader] = this.cluster;
    if (!requiresLeader || leader === this) return undefined;
    return serviceError(5, 'Leader info available', 'not-leader', {
      'leader-endpoint-host': '127.0.0.1',
      'leader-endpoint-port': String(leader!.port),
    });
  }

  private gossip(_: ServerUnaryCall<Empty, ClusterInfo>, callback: sendUnaryData<ClusterInfo>): void {
    this.calls.push('gossip');
    if (this.isFrozen) return;
    const members = this.cluster.map((node, i) =>
      new MemberInfo()
        .setInstanceId(new UUID().setString('00000000-0000-4000-8000-000000000000'))
        .setState(this.isElecting ? UNKNOWN : i === 0 ? LEADER : FOLLOWER)
        .setIsAlive(true)
        .setHttpEndPoint(new EndPoint().setAddress('127.0.0.1').setPort(node.port)),
    );
    callback(null, new ClusterInfo().setMembersList(members));
  }
}

function supportedMethods(_: unknown, callback: sendUnaryData<SupportedMethods>): void {
  const batch = new SupportedMethod().setServiceName('event_store.client.streams.Streams');
  const methods = [batch.setMethodName('batchappend')];
  callback(null, new SupportedMethods().setEventStoreServerVersion('23.10.7').setMethodsList(methods));
}

function tooLarge() {
  const details = `Maximum Append Size of ${MAX_APPEND_BYTES} Exceeded.`;
  return serviceError(3, details, 'maximum-append-size-exceeded', {
    'maximum-append-size': String(MAX_APPEND_BYTES),
  });
}

function deleted(stream: string) {
  const details = `Event stream '${stream}' is deleted.`;
  return serviceError(9, details, 'stream-deleted', { 'stream-name': stream });
}
