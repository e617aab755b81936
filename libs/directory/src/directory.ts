import { parseId, type StreamName } from '#decider';
import type { Streams } from '#event-store';
import type { ActorName } from './actor.events.js';
import { actorFold } from './actor.js';
import {
  actorStream,
  institutionStream,
  type ActorId,
  type InstitutionId,
  type MandateId,
} from './directory.ids.js';
import { institutionFold, type Institution, type Mandate } from './institution.js';

/** Which institution gave a mandate. The mapping never changes, so an answer may be kept. */
export interface MandateIndex {
  institutionOf(mandate: MandateId): Promise<InstitutionId | undefined>;
  /** Every mandate that this human being was ever given, as far as the read models have come: milliseconds. */
  mandatesOf(actor: ActorId): Promise<readonly MandateId[]>;
}

/** What a decision cites of another stream that it read. */
export interface ReadStream {
  readonly stream: StreamName;
  /** Revision of the stream that was read. */
  readonly revision: number;
}

/** A mandate as its institution's stream has it now. */
export interface KnownMandate extends ReadStream {
  readonly mandate: Mandate;
  readonly institution: InstitutionId;
}

export type RegisteredInstitution = Extract<Institution, { status: 'registered' }> & ReadStream;

/** Institutions and mandates, read afresh from their streams at every call. */
export class Directory {
  constructor(
    private readonly ledger: Streams,
    private readonly index: MandateIndex,
  ) {}

  /** The directory as another moment of the ledger has it. */
  asOf(past: Streams): Directory {
    return new Directory(past, this.index);
  }

  /** The same directory, reading as it is told to: `readOnce` for one attempt of one decision. */
  reading(how: (ledger: Streams) => Streams): Directory {
    return new Directory(how(this.ledger), this.index);
  }

  async institution(id: InstitutionId): Promise<RegisteredInstitution | undefined> {
    const stream = institutionStream(id);
    const { state, revision } = await this.ledger.load(stream, institutionFold);
    return state.status === 'registered' ? { ...state, stream, revision } : undefined;
  }

  /** The name of a professional; nothing once their key is destroyed, or of somebody unknown. */
  async nameOf(id: ActorId): Promise<ActorName | undefined> {
    const { state } = await this.ledger.load(actorStream(id), actorFold);
    return state.status === 'registered' ? state.name : undefined;
  }

  async hasActor(id: ActorId): Promise<boolean> {
    const { state } = await this.ledger.load(actorStream(id), actorFold);
    return state.status === 'registered';
  }

  /** Which institution gave it, whatever became of it since. */
  async institutionOf(mandate: string): Promise<InstitutionId | undefined> {
    const id = parseId<'Mandate'>(mandate);
    return id && this.index.institutionOf(id);
  }

  async mandate(id: string): Promise<KnownMandate | undefined> {
    const mandateId = parseId<'Mandate'>(id);
    const institution = await this.institutionOf(id);
    if (!mandateId || !institution) return undefined;
    const stream = institutionStream(institution);
    const { state, revision } = await this.ledger.load(stream, institutionFold);
    const mandate = state.status === 'registered' ? state.mandates.get(mandateId) : undefined;
    return mandate && { mandate, institution, stream, revision };
  }

  /** Mandates of the same actor: secrecy outlives a mandate, and follows the human being. */
  async otherMandates({ actor, mandate }: Mandate): Promise<readonly KnownMandate[]> {
    const all = await this.mandates(await this.index.mandatesOf(actor));
    return [...all.values()].filter((known) => known.mandate.mandate !== mandate);
  }

  async mandates(ids: readonly string[]): Promise<ReadonlyMap<MandateId, KnownMandate>> {
    const found = await Promise.all([...new Set(ids)].map((id) => this.mandate(id)));
    return new Map(found.filter((known) => known !== undefined).map((k) => [k.mandate.mandate, k]));
  }
}
