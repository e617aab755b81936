import type { InstitutionId } from '#directory';
import type { Ledger } from '#event-store';
import type { Notice } from '#person';
import type { Sealing } from '#sealing';
import { epochMs } from '#time';
import { activePerson, openNotice, webhookOf } from './addressees.js';
import type { Deliveries, Delivery } from './deliveries.js';
import type { Lease } from './lease.js';
import { MEDIA_TYPE, messageOf } from './message.js';
import { post, type Message } from './post.js';
import { signedHeaders, webhookSecret } from './signature.js';

/** How often it looks what is due. */
const LOOK_MS = 500;
/** So many institutions at a time, and one message at a time to each: a slow one holds up nobody else. */
const MAX_LANES = 16;

export interface SenderParts {
  readonly ledger: Ledger;
  readonly sealing: Sealing;
  readonly deliveries: Deliveries;
  /** Of the nodes on one ledger one posts. */
  readonly lease: Pick<Lease, 'hold' | 'isHeld' | 'tell'>;
  /** URN of the ledger. */
  readonly source: string;
  /** Is told of every fault of ours; what is due is looked at again. */
  readonly report: (fault: Error) => void;
  readonly timeoutMs?: number;
}

/** Posts what is due, by the ledger's clock. At least once: a receiver knows a repeated message by its id. */
export class Sender {
  private readonly lanes = new Map<InstitutionId, Promise<void>>();
  private readonly stop = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;

  constructor(private readonly parts: SenderParts) {}

  start(): void {
    this.timer = setInterval(() => this.look(), LOOK_MS);
    this.look();
  }

  /** What is under way is broken off, and counts as not tried. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    this.stop.abort();
    await this.looking;
    await Promise.all(this.lanes.values());
  }

  /** Begins with whoever has something due and is not being served. */
  look(): void {
    if (this.timer === undefined || this.stop.signal.aborted) return;
    this.looking ??= this.begin()
      .catch((error: unknown) => this.parts.report(asError(error)))
      .finally(() => (this.looking = undefined));
  }

  private async begin(): Promise<void> {
    const { deliveries, lease } = this.parts;
    if (deliveries.institutionsDue(this.nowMs()).length === 0 || !(await lease.hold())) return;
    for (const institution of deliveries.institutionsDue(this.nowMs())) {
      if (this.lanes.size >= MAX_LANES || this.stop.signal.aborted) return;
      if (!this.lanes.has(institution)) this.lanes.set(institution, this.lane(institution));
    }
  }

  private async lane(institution: InstitutionId): Promise<void> {
    const well = await this.serve(institution);
    this.lanes.delete(institution);
    if (well) this.look();
  }

  /**
   * One after the other until nothing is due or something fails: then it is others' turn.
   * @returns false after a fault of ours: it waits for the next look
   */
  private async serve(institution: InstitutionId): Promise<boolean> {
    const { deliveries, report, lease } = this.parts;
    try {
      let goesOn = true;
      while (goesOn && lease.isHeld && !this.stop.signal.aborted) {
        const delivery = deliveries.nextDue(institution, this.nowMs());
        goesOn = delivery !== undefined && (await this.attempt(delivery));
      }
      return true;
    } catch (error) {
      report(asError(error));
      return false;
    }
  }

  /** @returns whether the institution can be served further */
  private async attempt(delivery: Delivery): Promise<boolean> {
    const { ledger, deliveries } = this.parts;
    const notice = openNotice(await activePerson(ledger, delivery.person), delivery.notice);
    if (!notice) {
      deliveries.remove(delivery);
      return true;
    }
    const url = await webhookOf(ledger, delivery.institution);
    if (url === undefined) return this.park(delivery);
    const message = await this.signed(url, delivery, notice);
    const posted = await post(message, this.stop.signal, this.parts.timeoutMs);
    if (posted === 'delivered') deliveries.delivered(delivery);
    else if (this.stop.signal.aborted) return false;
    else if (posted === 'gone') deliveries.stopped(delivery);
    else deliveries.failed(delivery, posted, this.nowMs());
    this.tell(delivery);
    return posted === 'delivered';
  }

  private tell(delivery: Delivery): void {
    const settled = this.parts.deliveries.stateOf(delivery);
    if (settled) this.parts.lease.tell(settled);
  }

  /** A webhook that was set meanwhile woke it before it was parked: so that is looked at once more. */
  private async park(delivery: Delivery): Promise<true> {
    const { ledger, deliveries } = this.parts;
    deliveries.park(delivery);
    if ((await webhookOf(ledger, delivery.institution)) !== undefined)
      deliveries.wake(delivery.institution, this.nowMs());
    this.tell(delivery);
    return true;
  }

  private async signed(url: string, { person, institution }: Delivery, notice: Notice): Promise<Message> {
    const { sealing, source } = this.parts;
    const body = messageOf(source, person, notice);
    const seconds = Math.floor(this.nowMs() / 1000);
    const signed = signedHeaders(await webhookSecret(sealing, institution), notice.notice, seconds, body);
    return { url, body, headers: { 'content-type': MEDIA_TYPE, ...signed } };
  }

  private nowMs(): number {
    return epochMs(this.parts.ledger.clock.now());
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
