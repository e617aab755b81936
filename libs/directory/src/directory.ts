import { parseId, type StreamName } from '#decider';
import type { Ledger } from '#event-store';
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
}

/** A mandate as its institution's stream has it now, with what a decision cites. */
export interface KnownMandate {
  readonly mandate: Mandate;
  readonly institution: InstitutionId;
  readonly stream: StreamName;
  /** Revision of the stream that was read. */
  readonly revision: number;
}

export type RegisteredInstitution = Extract<Institution, { status: 'registered' }>;

/** Institutions and mandates, read afresh from their streams at every call. */
export class Directory {
  constructor(
    private readonly ledger: Ledger,
    private readonly index: MandateIndex,
  ) {}

  async institution(id: InstitutionId): Promise<RegisteredInstitution | undefined> {
    const { state } = await this.ledger.load(institutionStream(id), institutionFold);
    return state.status === 'registered' ? state : undefined;
  }

  async hasActor(id: ActorId): Promise<boolean> {
    const { state } = await this.ledger.load(actorStream(id), actorFold);
    return state.status === 'registered';
  }

  async mandate(id: string): Promise<KnownMandate | undefined> {
    const mandateId = parseId<'Mandate'>(id);
    const institution = mandateId && (await this.index.institutionOf(mandateId));
    if (!mandateId || !institution) return undefined;
    const stream = institutionStream(institution);
    const { state, revision } = await this.ledger.load(stream, institutionFold);
    const mandate = state.status === 'registered' ? state.mandates.get(mandateId) : undefined;
    return mandate && { mandate, institution, stream, revision };
  }

  async mandates(ids: readonly string[]): Promise<ReadonlyMap<MandateId, KnownMandate>> {
    const found = await Promise.all([...new Set(ids)].map((id) => this.mandate(id)));
    return new Map(found.filter((known) => known !== undefined).map((k) => [k.mandate.mandate, k]));
  }
}
