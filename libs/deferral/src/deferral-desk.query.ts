import { Injectable } from '@nestjs/common';
import type { Decision } from '#decider';
import type { Outcome } from '#event-store';
import { notFound, Recorder, type CommandRequest } from '#http';
import {
  deferralFold,
  Deferrals,
  deferralStream,
  PersonDesk,
  type Deferral,
  type DeferralEvent,
  type DeferralId,
  type DeferralOwnEvent,
  type Facts,
  type KnownDeferral,
} from '#person';

type Deciding = Pick<Facts, 'caller' | 'callerInstitution' | 'now'>;

/** Where what happens to a deferral itself is decided. */
@Injectable()
export class DeferralDesk {
  constructor(
    private readonly recorder: Recorder,
    private readonly deferrals: Deferrals,
    private readonly people: PersonDesk,
  ) {}

  /** @throws Problem 404: one that the caller may not see is as absent as one that is not there */
  async decide(
    id: DeferralId,
    request: CommandRequest,
    decide: (deferral: KnownDeferral, facts: Deciding) => Decision<DeferralOwnEvent>,
  ): Promise<Outcome<DeferralEvent>> {
    const { caller } = request;
    const institution = await this.people.institutionOf(request);
    if (!(await this.deferrals.find({ caller, institution }, id))) throw notFound();
    return this.recorder.decide<Deferral, DeferralEvent>(
      deferralStream(id),
      deferralFold,
      request,
      (state) => {
        if (state.status !== 'open' && state.status !== 'ended') throw notFound();
        const now = this.recorder.ledger.clock.now();
        return decide(state, { caller, now, ...(institution ? { callerInstitution: institution } : {}) });
      },
    );
  }
}
