import type { Recorded } from '#decider';
import type { Ledger } from '#event-store';
import { ELSEWHERE_KINDS, elsewhereFold, type Elsewhere, type ElsewhereEvent } from './elsewhere.js';

/**
 * What streams that are not about persons say, followed as they go by; read from the ledger where it is first asked
 * for. All of it is kept: a territory has thousands of mandates, not millions.
 */
export class FollowedElsewhere {
  private state: Elsewhere | undefined;

  constructor(private readonly ledger: Ledger) {}

  async follow(
    event: Recorded<ElsewhereEvent>,
  ): Promise<{ readonly before: Elsewhere; readonly after: Elsewhere }> {
    const before = await this.before(event.position);
    const after = elsewhereFold.evolve(before, event);
    this.state = after;
    return { before, after };
  }

  /** As of what was recorded before a position. Callers MUST have followed everything before it, or nothing. */
  async before(position: number): Promise<Elsewhere> {
    this.state ??= await this.read(position);
    return this.state;
  }

  forget(): void {
    this.state = undefined;
  }

  private async read(before: number): Promise<Elsewhere> {
    let state = elsewhereFold.initial;
    for await (const page of this.ledger.pagesOfKinds(ELSEWHERE_KINDS)) {
      const wanted = page.filter(({ position }) => position < before);
      for (const event of await this.ledger.codec.openWhatRemains(wanted))
        if (event) state = elsewhereFold.evolve(state, event as Recorded<ElsewhereEvent>);
      if (wanted.length < page.length) break;
    }
    return state;
  }
}
