import { Injectable } from '@nestjs/common';
import type { Actor, Decision, Instant } from '#decider';
import { Directory } from '#directory';
import type { Outcome } from '#event-store';
import { Recorder, type CommandRequest } from '#http';
import type { CommissionEvent } from './commission.events.js';
import { commissionStream, type CommissionId } from './commission.ids.js';
import { commissionFold, type Constituted } from './commission.js';
import { noSuchCommission } from './rules.js';

/** Where a commission's secretariat decides: mandates of the institution that keeps it, and clients. */
@Injectable()
export class Secretariat {
  constructor(
    private readonly recorder: Recorder,
    private readonly directory: Directory,
  ) {}

  async decide<Event extends CommissionEvent>(
    commission: CommissionId,
    request: CommandRequest,
    decide: (state: Constituted, now: Instant) => Decision<Event> | Promise<Decision<Event>>,
  ): Promise<Outcome<Event>> {
    const outcome = await this.recorder.decide(
      commissionStream(commission),
      commissionFold,
      request,
      async (state) => {
        if (state.status === 'unknown' || !(await this.keeps(state, request.caller)))
          return noSuchCommission();
        return decide(state, this.recorder.ledger.clock.now());
      },
    );
    return outcome as Outcome<Event>;
  }

  /** For everybody else a commission looks like none. */
  async keeps({ data }: Constituted, caller: Actor): Promise<boolean> {
    if (caller.kind !== 'mandate') return caller.kind === 'client';
    return (await this.directory.institutionOf(caller.id)) === data.institution;
  }
}
