import { randomUUID } from 'node:crypto';
import type { Actor, DomainEvent, Recorded, Rejection, StreamName } from '#decider';
import { commandOnce, type Ledger, type Outcome } from '#event-store';
import { NoticeIssuer } from '#notices';
import {
  accessStream,
  Deferrals,
  personFold,
  personStream,
  withPlaced,
  type PersonEvent,
  type PersonId,
} from '#person';
import { ownerOf, type Sealing } from '#sealing';
import { labelOf, type Label } from '#transparency';
import { completeLabel, endFold, ERASURES, erasuresFold } from '../erasures.js';
import { closePerson } from './complete-erasure.js';
import { waitsOf, type Waiting } from './progress.handler.js';

/** Events of the `erasures` stream name nobody, not even who asked. */
const ERASER: Actor = { kind: 'client', id: 'sillage-erasure' };

/** What an erasure needs of the rest of the process. */
export interface Surroundings {
  /** Resolves when every event that the ledger holds now is in the log. */
  passLog(): Promise<void>;
  /** Resolves when the read models have come to the position, and nothing of the person is left in them. */
  settle(person: PersonId, position: number): Promise<void>;
}

export type Erased =
  | { readonly kind: 'erased'; readonly streams: number }
  | { readonly kind: 'pending'; readonly streams: number; readonly waits: Waiting }
  | { readonly kind: 'rejected'; readonly rejection: Rejection };

/**
 * Ends an erasure that was requested. Every step may be repeated and is recognised as done, so a process that died at
 * any point is answered by calling this again: close the streams, let the log pass them, destroy the key, remove the
 * rows, look whether anything is left, name the labels.
 */
export class Eraser {
  private readonly deferrals: Deferrals;

  constructor(
    private readonly ledger: Ledger,
    private readonly sealing: Sealing,
    private readonly surroundings: Surroundings,
  ) {
    this.deferrals = new Deferrals(ledger, sealing);
  }

  /** @param scavenged whether the caller vouches that every node of a cluster was scavenged after the rows were removed */
  async complete(person: PersonId, scavenged = false): Promise<Erased> {
    const owner = ownerOf(personStream(person))!;
    if ((await this.sealing.erasedStreamsOf(owner)).length === 0) {
      const streams = await this.streamsOf(person, owner);
      const rejection = await this.close(person, streams);
      if (rejection) return { kind: 'rejected', rejection };
      await this.surroundings.passLog();
      await this.surroundings.settle(person, await this.ledger.store.end());
      await this.sealing.erase(owner, streams);
    }
    const streams = await this.remove(owner);
    await this.surroundings.settle(person, await this.ledger.store.end());
    await this.sweep(streams);
    const waits = await waitsOf(this.ledger, this.sealing, owner, streams);
    if (waits && !(scavenged && waits.for === 'scavenge'))
      return { kind: 'pending', streams: streams.length, waits };
    for (const label of await this.unnamed(streams)) await this.name(label);
    await this.surroundings.passLog();
    return { kind: 'erased', streams: streams.length };
  }

  /** Those that the key store has mapped, and those that every person has: nobody may begin one later. */
  private async streamsOf(person: PersonId, owner: string): Promise<readonly StreamName[]> {
    const mapped = await this.sealing.streamsOf(owner);
    return [...new Set([personStream(person), accessStream(person), ...mapped])];
  }

  private async close(person: PersonId, streams: readonly StreamName[]): Promise<Rejection | undefined> {
    const own = personStream(person);
    await this.issueNotices(own);
    const now = this.ledger.clock.now();
    const deferred = (await this.deferrals.openAbout(person)).flatMap(({ placed }) => placed);
    const closed = await this.ledger.decide(own, personFold, commandOnce(ERASER), (state) =>
      closePerson(state.status === 'active' ? withPlaced(state, deferred) : state, now),
    );
    if (closed.kind === 'rejected') return closed.rejection;
    mustBeRecorded(closed);
    const data = { request: requestOf(closed.kind === 'recorded' ? closed.events : []) ?? randomUUID() };
    for (const stream of streams.filter((each) => each !== own))
      mustBeRecorded(
        await this.ledger.decide(stream, endFold, commandOnce(ERASER), (isClosed) => ({
          kind: 'accepted',
          events: isClosed ? [] : [{ type: 'StreamClosed', data }],
        })),
      );
    return undefined;
  }

  /** The reaction may not have come to the request yet; issued twice, they are issued once. */
  private async issueNotices(stream: StreamName): Promise<void> {
    const issuer = new NoticeIssuer(this.ledger, this.deferrals);
    for await (const page of this.ledger.pages(stream)) {
      const requests = page.filter(({ type }) => type === 'ErasureRequested');
      for (const event of await this.ledger.codec.open(requests))
        await issuer.react(event as Recorded<PersonEvent>);
    }
  }

  private async remove(owner: string): Promise<readonly StreamName[]> {
    const streams = await this.sealing.erasedStreamsOf(owner);
    for (const stream of streams) await this.ledger.erase(stream);
    return streams;
  }

  /** @throws when anything is left: nothing is named as erased then */
  private async sweep(streams: readonly StreamName[]): Promise<void> {
    for (const stream of streams) {
      const left = (await this.sealing.cipherOf(stream)) ?? (await this.ledger.store.head(stream));
      if (left) throw new Error('The erasure is not complete: repeat it.');
    }
  }

  /**
   * In the order of the labels, which are hashes, and with those of other erasures that wait to be named, so that
   * their order does not tell which belong together. In a cluster nobody vouches for the rows of the others.
   */
  private async unnamed(own: readonly StreamName[]): Promise<readonly Label[]> {
    const waiting = new Set(own);
    if (this.ledger.store.removesAtOnce)
      for (const stream of await this.sealing.erasedStreams())
        if (!(await this.ledger.store.head(stream))) waiting.add(stream);
    const { state: named } = await this.ledger.load(ERASURES, erasuresFold);
    return [...waiting]
      .map(labelOf)
      .filter((label) => !named.has(label))
      .sort();
  }

  private async name(label: Label): Promise<void> {
    mustBeRecorded(
      await this.ledger.decide(ERASURES, erasuresFold, commandOnce(ERASER), (labels) =>
        completeLabel(labels, label),
      ),
    );
  }
}

function requestOf(events: readonly Recorded<DomainEvent>[]): string | undefined {
  return (events[0]?.data as { request?: string } | undefined)?.request;
}

function mustBeRecorded(outcome: Outcome<DomainEvent>): void {
  if (outcome.kind !== 'recorded')
    throw new Error(`A step of the erasure was not recorded: ${outcome.kind}.`);
}
