import { Injectable } from '@nestjs/common';
import { Catalogues } from '#catalogue';
import type { Actor } from '#decider';
import { Directory, inForce } from '#directory';
import { mandateOver, Recorder } from '#http';
import { personFold, personStream, type PersonId } from '#person';
import { isAlert } from '../alert.js';
import type { DisclosureWish } from '../intention.query.js';

/**
 * What somebody may still do whose mandate has ended: give an alert themselves, under a provision of the safety rule,
 * about what they hold. Everything else is closed to them, and nothing tells them whether the person is here.
 */
@Injectable()
export class AfterMandates {
  constructor(
    private readonly recorder: Recorder,
    private readonly catalogues: Catalogues,
    private readonly directory: Directory,
  ) {}

  /** @throws Problem 403 for a caller without a mandate in force who means anything but an alert of their own */
  async demandAlert(person: PersonId, wish: DisclosureWish, caller: Actor): Promise<void> {
    if (caller.kind !== 'mandate') return;
    const { ledger } = this.recorder;
    const known = await this.directory.mandate(caller.id);
    if (known && inForce(known.mandate, ledger.clock.now())) return;
    const { state } = await ledger.load(personStream(person), personFold);
    const isOwn = wish.discloser === undefined || wish.discloser === caller.id;
    const catalogue = await this.catalogues.current();
    if (isOwn && state.status === 'active' && isAlert(state, wish, { catalogue })) return;
    throw mandateOver();
  }
}
