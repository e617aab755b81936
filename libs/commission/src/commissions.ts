import type { Membership, SessionFacts } from '#assessment';
import type { MandateId, ReadStream } from '#directory';
import type { Ledger } from '#event-store';
import type { ActivePerson } from '#person';
import { commissionStream, type CommissionId } from './commission.ids.js';
import { commissionFold, type Constituted } from './commission.js';
import { membershipsFor, sessionsFor } from './seats.js';

/** In which commissions a mandate ever had a seat. */
export interface SeatIndex {
  commissionsOf(mandate: MandateId): Promise<readonly CommissionId[]>;
}

/** Commissions, read afresh from their streams at every call. */
export class Commissions {
  constructor(
    private readonly ledger: Ledger,
    private readonly index: SeatIndex,
  ) {}

  async commission(id: CommissionId): Promise<(Constituted & ReadStream) | undefined> {
    const stream = commissionStream(id);
    const { state, revision } = await this.ledger.load(stream, commissionFold);
    return state.status === 'constituted' ? { ...state, stream, revision } : undefined;
  }

  /** What commissions say of those who take part, and of the sessions to which this person's cases were brought. */
  async seatsOf(
    person: ActivePerson,
    mandates: readonly MandateId[],
  ): Promise<{
    readonly memberships: ReadonlyMap<MandateId, readonly Membership[]>;
    readonly sessions: readonly SessionFacts[];
    readonly read: readonly ReadStream[];
  }> {
    const sat = await Promise.all(mandates.map((mandate) => this.index.commissionsOf(mandate)));
    const brought = [...person.cases.values()].map(({ commission }) => commission as CommissionId);
    const ids = [...new Set([...sat.flat(), ...brought])];
    const found = await Promise.all(ids.map((id) => this.commission(id)));
    const commissions = found.filter((commission) => commission !== undefined);
    return {
      memberships: new Map(
        mandates.map((mandate) => [mandate, membershipsFor(commissions, mandate, person)]),
      ),
      sessions: sessionsFor(commissions, person),
      read: commissions,
    };
  }
}
