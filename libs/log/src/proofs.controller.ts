import { Controller, Get, Header, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { streamName, type Actor, type EventId, type Id, type StreamName } from '#decider';
import { Directory } from '#directory';
import { Ledger, type Sealer } from '#event-store';
import {
  CallerOf,
  Callers,
  IdParam,
  KnownPersons,
  notFound,
  OneOf,
  PersonParam,
  problem,
  WholeNumber,
} from '#http';
import {
  consulting,
  Deferrals,
  lookAtDeferral,
  REASON_CODES,
  type FoundDeferral,
  type Reason,
} from '#person';
import { Sealing } from '#sealing';
import { noCheckpoint } from './log.controller.js';
import { findEvent, openStream, type OpenedEvent } from './proofs.js';
import { ServedLog } from './served-log.js';

/** Why a professional or a program looks; the person's own questions need none. */
class ConsultingRequest {
  @OneOf(REASON_CODES, { optional: true, description: 'Needed from professionals and programs.' })
  reason?: Reason;
}

export class ReceiptRequest extends ConsultingRequest {}

export class ProofRequest extends ConsultingRequest {
  @WholeNumber(1, Number.MAX_SAFE_INTEGER, {
    optional: true,
    description: 'Size of a checkpoint that you kept: the proof then shows that the log continues it.',
  })
  since?: number;
}

interface Found {
  readonly found: OpenedEvent | undefined;
  /** Where it stands on the stream of a deferral. */
  readonly deferred?: FoundDeferral;
}

/** What a person can check offline, with tools that are not ours: see docs/verification.md. */
@Controller('v1/persons/:person')
export class ProofsController {
  constructor(
    private readonly log: ServedLog,
    private readonly ledger: Ledger,
    private readonly sealing: Sealing,
    private readonly persons: KnownPersons,
    private readonly deferrals: Deferrals,
    private readonly directory: Directory,
  ) {}

  @Get('receipts/:event')
  @ApiOperation({ summary: 'One event with the proof that it is in the log, to be verified offline.' })
  @ApiOkResponse({ schema: { type: 'object' }, description: 'A receipt: see docs/verification.md.' })
  @Callers('mandate', 'person', 'client')
  @Header('content-type', 'application/json; charset=utf-8')
  async receipt(
    @PersonParam() person: Id<'Person'>,
    @IdParam('event') event: EventId,
    @Query() request: ReceiptRequest,
    @CallerOf() caller: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    await this.persons.mustKnow(person);
    const { found, deferred } = await this.find(person, event, caller);
    if (!found || !maySee(caller, found)) throw notFound();
    const asked = { question: 'receipt', about: event };
    if (deferred) await lookAtDeferral(this.ledger, caller, deferred, request, asked);
    else await consulting(this.ledger, caller, person, request, asked)();
    const receipt = await this.log.desk.receipt(found);
    if (receipt === undefined) throw noCheckpoint();
    reply.header('content-disposition', `attachment; filename="receipt-${event}.json"`);
    return receipt;
  }

  @Get('proof')
  @ApiOperation({
    summary: 'Everything that the log holds about the person, in one file to be verified offline.',
  })
  @ApiOkResponse({ schema: { type: 'object' }, description: 'A proof: see docs/verification.md.' })
  @Callers('person', 'client')
  @Header('content-type', 'application/json; charset=utf-8')
  async proof(
    @PersonParam() person: Id<'Person'>,
    @Query() request: ProofRequest,
    @CallerOf() caller: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const own = streamName('person', person);
    await this.persons.mustKnow(person);
    const { since } = request;
    await consulting(this.ledger, caller, person, request, { question: 'proof' })();
    const opened = new Map<StreamName, OpenedEvent[]>([
      [own, []],
      [streamName('access', person), []],
    ]);
    // The checkpoint may move on while events are opened: then more of them are needed.
    let proved = await this.log.desk.proof(opened, since);
    for (; proved.kind === 'behind'; proved = await this.log.desk.proof(opened, since))
      for (const stream of proved.streams) await this.openMore(opened, stream);
    if (proved.kind === 'no-checkpoint') throw noCheckpoint();
    if (proved.kind === 'ahead') throw aheadOfLog(proved.size);
    reply.header('content-disposition', `attachment; filename="proof-${person}.json"`);
    reply.header('etag', `"${proved.size}"`);
    return proved.text;
  }

  /** On the person's own stream, or on that of a deferral that the caller may see: the person, once it has ended. */
  private async find(person: Id<'Person'>, event: EventId, caller: Actor): Promise<Found> {
    const { store } = this.ledger;
    const found = await findEvent(store, this.sealing, streamName('person', person), event);
    if (found) return { found };
    const institution = caller.kind === 'mandate' ? await this.directory.institutionOf(caller.id) : undefined;
    for (const deferred of await this.deferrals.seenBy({ caller, institution }, person)) {
      const within = await findEvent(store, this.sealing, deferred.stream, event);
      if (within) return { found: within, deferred };
    }
    return { found: undefined };
  }

  private async openMore(opened: Map<StreamName, OpenedEvent[]>, stream: StreamName): Promise<void> {
    const sealer: Sealer = this.sealing;
    const known = opened.get(stream) ?? [];
    const more = await openStream(this.ledger.store, sealer, stream, known.length);
    if (more === undefined || more.length === 0) throw notFound();
    opened.set(stream, [...known, ...more]);
  }
}

/** A reveal holds what was assessed; what waits for a decision, what was declared beside it. */
const ONE_SIDE: ReadonlySet<string> = new Set([
  'DisclosureAssessed',
  'DisclosureExplained',
  'DisclosureEscalated',
  'DeferralRevealed',
]);

/** What only the discloser's side sees is no receipt for others: theirs is that of the disclosure itself. */
function maySee(caller: Actor, { event }: OpenedEvent): boolean {
  return caller.kind !== 'mandate' || !ONE_SIDE.has(event.type) || event.actor.id === caller.id;
}

function aheadOfLog(size: number) {
  const [detail, remedy] = [
    `The log has ${size} entries: it never was of this size, or it was cut short.`,
    'Send the size of a checkpoint of this log; if you did, keep it: it proves that the log was cut.',
  ];
  return problem(400, 'bad-request', detail, remedy, { errors: [{ field: 'since', detail, remedy }] });
}
