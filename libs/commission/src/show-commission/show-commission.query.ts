import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Actor } from '#decider';
import { notFound } from '#http';
import type { CommissionId } from '../commission.ids.js';
import type { Constituted } from '../commission.js';
import { Commissions } from '../commissions.js';
import { Secretariat } from '../secretariat.query.js';
import type { CommissionView } from './commission-answer.controller.js';

export class ShowCommissionQuery {
  constructor(
    readonly commission: CommissionId,
    readonly caller: Actor,
  ) {}
}

/** Who sits in a commission, and its sessions, as its secretariat keeps them. */
@QueryHandler(ShowCommissionQuery)
export class ShowCommissionHandler implements IQueryHandler<ShowCommissionQuery> {
  constructor(
    private readonly commissions: Commissions,
    private readonly secretariat: Secretariat,
  ) {}

  /** @throws Problem 404 for everybody but the secretariat */
  async execute({ commission: id, caller }: ShowCommissionQuery): Promise<CommissionView> {
    const commission = await this.commissions.commission(id);
    if (!commission || !(await this.secretariat.keeps(commission, caller))) throw notFound();
    return viewOf(commission);
  }
}

function viewOf({ data, seats, sessions }: Constituted): CommissionView {
  return {
    ...data,
    seats: [...seats.values()].flat().map(({ event: _, ...seat }) => seat),
    sessions: [...sessions.values()].map(({ session, on, agenda, closedAt }) => ({
      session,
      on,
      closedAt: closedAt ?? null,
      cases: [...agenda.keys()],
    })),
  };
}
