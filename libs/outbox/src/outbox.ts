import { asId, streamKey, type DomainEvent, type Recorded } from '#decider';
import type { InstitutionEvent } from '#directory';
import type { PersonEvent, PersonId } from '#person';
import { Reaction } from '#read-store';
import { epochMs } from '#time';
import { activePerson, addresseesOf, openNotice } from './addressees.js';
import { Deliveries, type Delivery, type DeliveryId } from './deliveries.js';
import { Lease, type LeaseParts, type OutboxServed } from './lease.js';
import { Sender, type SenderParts } from './sender.js';

export interface OutboxParts extends Omit<SenderParts, 'deliveries' | 'lease'>, Pick<LeaseParts, 'leaseMs'> {
  /** Of `outbox.db`, which nobody else writes. */
  readonly path: string;
}

const READ = [
  'NoticeIssued',
  'NoticeAcknowledged',
  'NoticeContested',
  'NoticeClosed',
  'PurgeAttested',
  'StreamClosed',
  'InstitutionRevised',
  'OutboxServed',
] as const satisfies readonly Event['type'][];

type Event = PersonEvent | InstitutionEvent | OutboxServed;
type Read = Recorded<Extract<Event, { readonly type: (typeof READ)[number] }>>;

/** Queues every notice that is issued, and sees to it that it arrives or that somebody learns that it does not. */
export class Outbox {
  private readonly reaction: Reaction;
  private readonly sender: Sender;
  private readonly lease: Lease;

  private constructor(
    private readonly deliveries: Deliveries,
    private readonly parts: OutboxParts,
  ) {
    const reads = { kinds: ['person', 'institution', 'outbox'], types: new Set<string>(READ) };
    const react = (event: Recorded<DomainEvent>) => this.react(event as Read);
    this.reaction = new Reaction('outbox', parts.ledger, deliveries.checkpoints, reads, react);
    this.lease = new Lease({ ...parts, position: () => this.reaction.position });
    this.sender = new Sender({ ...parts, deliveries, lease: this.lease });
  }

  static open(parts: OutboxParts): Outbox {
    return new Outbox(Deliveries.open(parts.path), parts);
  }

  start(): void {
    this.reaction.start(this.parts.report);
    this.sender.start();
  }

  async close(): Promise<void> {
    await this.reaction.close();
    await this.sender.close();
    await this.lease.close();
    this.deliveries.close();
  }

  /** What has not been delivered, in the order of ids. @param after the last one that was seen; empty at first */
  undelivered(after: string, limit: number): readonly Delivery[] {
    return this.deliveries.undelivered(after, limit);
  }

  /** Tries it now, and begins its schedule anew. */
  retry(delivery: DeliveryId): Delivery | undefined {
    const found = this.deliveries.retry(delivery, this.nowMs());
    if (found) this.lease.want();
    this.sender.look();
    return found;
  }

  private async react(event: Read): Promise<void> {
    switch (event.type) {
      case 'NoticeIssued':
        return this.queue(asId<'Person'>(streamKey(event.stream)), event.data.notice);
      case 'NoticeAcknowledged':
      case 'NoticeContested':
      case 'NoticeClosed':
      case 'PurgeAttested':
      case 'StreamClosed':
        return this.drop(asId<'Person'>(streamKey(event.stream)));
      case 'InstitutionRevised':
        if (event.data.webhook !== undefined)
          this.deliveries.wake(asId<'Institution'>(streamKey(event.stream)), this.nowMs());
        return this.sender.look();
      case 'OutboxServed':
        for (const settled of this.lease.hear(event)) this.deliveries.settle(settled);
    }
  }

  /** As the ledger has it now: a notice that has ended since is told to nobody. */
  private async queue(person: PersonId, id: Delivery['notice']): Promise<void> {
    const active = await activePerson(this.parts.ledger, person);
    const notice = openNotice(active, id);
    if (!active || !notice) return;
    for (const institution of addresseesOf(active, notice))
      this.deliveries.put({ notice: id, person, institution }, this.nowMs());
    this.sender.look();
  }

  /** Takes out whatever of this person has ended. */
  private async drop(person: PersonId): Promise<void> {
    const queued = this.deliveries.ofPerson(person);
    if (queued.length === 0) return;
    const active = await activePerson(this.parts.ledger, person);
    for (const delivery of queued) if (!openNotice(active, delivery.notice)) this.deliveries.remove(delivery);
  }

  private nowMs(): number {
    return epochMs(this.parts.ledger.clock.now());
  }
}
