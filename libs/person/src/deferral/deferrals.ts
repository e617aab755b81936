import { asId, streamKey, streamKind, type Actor, type StreamName } from '#decider';
import type { InstitutionId } from '#directory';
import type { Ledger } from '#event-store';
import type { Sealing } from '#sealing';
import { deferralStream, personStream, type DeferralId, type PersonId } from '../person.ids.js';
import type { Placed } from '../will.events.js';
import { deferralFold, type KnownDeferral } from './deferral.js';

/** Who asks, and for which institution where they act under a mandate. */
export interface Beholder {
  readonly caller: Actor;
  readonly institution: InstitutionId | undefined;
}

export interface FoundDeferral {
  readonly stream: StreamName;
  readonly deferral: KnownDeferral;
}

export interface OpenDeferral {
  readonly stream: StreamName;
  readonly placed: readonly Placed[];
}

/** Finds the deferrals about a person; only the key store knows which streams are theirs. */
export class Deferrals {
  constructor(
    private readonly ledger: Ledger,
    private readonly sealing: Sealing,
  ) {}

  /** Those that the asker may see, open or ended: the person, once they have ended. */
  async seenBy(beholder: Beholder, person: PersonId): Promise<readonly FoundDeferral[]> {
    return (await this.all(person)).filter(({ deferral }) => maySee(beholder, deferral));
  }

  /** One that the asker may see; undefined for another's as for one that is not there. */
  async find(beholder: Beholder, id: DeferralId): Promise<FoundDeferral | undefined> {
    const found = await this.known(id);
    return found && maySee(beholder, found.deferral) ? found : undefined;
  }

  /** Whoever asks. */
  async known(id: DeferralId): Promise<FoundDeferral | undefined> {
    const stream = deferralStream(id);
    return (await this.sealing.ownerOf(stream)) === undefined ? undefined : this.load(stream);
  }

  /** What those of them that are open cover, for each. */
  openOf(seen: readonly FoundDeferral[]): Promise<readonly OpenDeferral[]> {
    const open = seen.filter(({ deferral }) => deferral.status === 'open');
    return Promise.all(open.map(async (one) => ({ stream: one.stream, placed: await this.placed(one) })));
  }

  /** Every one that is open, for what follows on facts by itself. */
  async openAbout(person: PersonId): Promise<readonly OpenDeferral[]> {
    return this.openOf(await this.all(person));
  }

  /** All that the asker may see of what the person is not told of for now. */
  async placedFor(beholder: Beholder, person: PersonId): Promise<readonly Placed[]> {
    const open = await this.openOf(await this.seenBy(beholder, person));
    return open.flatMap(({ placed }) => placed);
  }

  /** What it covers, each with its place in the person's record. */
  async placed({ stream, deferral }: FoundDeferral): Promise<readonly Placed[]> {
    const own = personStream(deferral.data.person);
    const behind = new Map<number, number>();
    for (const { position } of deferral.covered)
      if (!behind.has(position)) behind.set(position, await this.revisionAt(own, position));
    return deferral.covered
      .map(({ request: _, ...event }) => ({
        behind: behind.get(event.position)!,
        event: { ...event, stream },
      }))
      .toArray();
  }

  /** Has the deferral's stream sealed under the person's key; durable before its first event. */
  async entrust(id: DeferralId, person: PersonId): Promise<void> {
    return this.sealing.entrust(deferralStream(id), await this.ownerOf(person));
  }

  private async all(person: PersonId): Promise<readonly FoundDeferral[]> {
    const streams = (await this.sealing.streamsOf(await this.ownerOf(person))).filter(isDeferral);
    const found = await Promise.all(streams.map((stream) => this.load(stream)));
    return found.filter((one) => one !== undefined);
  }

  private async ownerOf(person: PersonId): Promise<string> {
    return (await this.sealing.ownerOf(personStream(person)))!;
  }

  private async load(stream: StreamName): Promise<FoundDeferral | undefined> {
    const { state } = await this.ledger.load(stream, deferralFold);
    return state.status === 'open' || state.status === 'ended' ? { stream, deferral: state } : undefined;
  }

  /** The last revision that the stream had at this position of the ledger. */
  private async revisionAt(stream: StreamName, position: number): Promise<number> {
    let [low, high] = [0, (await this.ledger.store.head(stream))?.revision ?? 0];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      const [event] = await this.ledger.store.read(stream, middle, 1);
      if (event && event.position < position) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

export function deferralOf(stream: StreamName): DeferralId {
  return asId<'Deferral'>(streamKey(stream));
}

function isDeferral(stream: StreamName): boolean {
  return streamKind(stream) === 'deferral';
}

/** Whoever answers for it, disclosers, recipients, and programs, which act for any of them; the person at its end. */
function maySee({ caller, institution }: Beholder, { institutions, status, data }: KnownDeferral): boolean {
  if (caller.kind === 'client') return true;
  if (caller.kind === 'person') return status === 'ended' && caller.id === data.person;
  return institution !== undefined && institutions.has(institution);
}
