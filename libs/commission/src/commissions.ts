import type { Membership, SessionFacts } from '#assessment';
import type { Effective } from '#decider';
import type { MandateId, ReadStream } from '#directory';
import type { Streams } from '#event-store';
import { personFold, personStream, type ActivePerson, type PersonId } from '#person';
import { commissionStream, type CaseId, type CommissionId } from './commission.ids.js';
import { commissionFold, type Constituted } from './commission.js';
import { membershipsFor, sessionsFor } from './seats.js';

/** In which commissions a mandate ever had a seat. */
export interface SeatIndex {
  commissionsOf(mandate: MandateId): Promise<readonly CommissionId[]>;
}

/** Whose case it is. The mapping never changes; what was written is waited for once. */
export interface CaseIndex {
  personOf(id: CaseId): Promise<PersonId | undefined>;
}

/** A commission as its stream has it now, with what a decision cites. */
export type KnownCommission = Constituted & ReadStream;

/** Commissions, read afresh from their streams at every call. */
export class Commissions {
  constructor(
    private readonly ledger: Streams,
    private readonly index: SeatIndex,
    private readonly cases: CaseIndex,
  ) {}

  /** Commissions as another moment of the ledger has them. */
  asOf(past: Streams): Commissions {
    return new Commissions(past, this.index, this.cases);
  }

  async commission(id: CommissionId): Promise<KnownCommission | undefined> {
    const stream = commissionStream(id);
    const { state, revision } = await this.ledger.load(stream, commissionFold);
    return state.status === 'constituted' ? { ...state, stream, revision } : undefined;
  }

  /** The person whose case it is, where it was referred to this commission. */
  async personOf(commission: CommissionId, id: CaseId): Promise<ActivePerson | undefined> {
    const person = await this.cases.personOf(id);
    if (!person) return undefined;
    const { state } = await this.ledger.load(personStream(person), personFold);
    if (state.status !== 'active' || state.erasureRequested) return undefined;
    return state.cases.get(id)?.commission === commission ? state : undefined;
  }

  /**
   * What commissions say of those who take part, and of the sessions to which this person's cases were brought.
   * @param at when the act takes effect
   */
  async seatsOf(
    person: ActivePerson,
    mandates: readonly MandateId[],
    at: Effective,
  ): Promise<{
    readonly memberships: ReadonlyMap<MandateId, readonly Membership[]>;
    readonly sessions: readonly SessionFacts[];
    readonly read: readonly ReadStream[];
  }> {
    const commissions = await this.around(person, mandates);
    return {
      memberships: new Map(
        mandates.map((mandate) => [mandate, membershipsFor(commissions, mandate, person, at)]),
      ),
      sessions: sessionsFor(commissions, person),
      read: commissions,
    };
  }

  /** Commissions in which one of these ever had a seat, or to which this person's cases were brought. */
  async around(person: ActivePerson, mandates: readonly MandateId[]): Promise<readonly KnownCommission[]> {
    const sat = await Promise.all(mandates.map((mandate) => this.index.commissionsOf(mandate)));
    const brought = [...person.cases.values()].map(({ commission }) => commission as CommissionId);
    const ids = [...new Set([...sat.flat(), ...brought])];
    const found = await Promise.all(ids.map((id) => this.commission(id)));
    return found.filter((commission) => commission !== undefined);
  }
}
