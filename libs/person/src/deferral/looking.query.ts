import { accept, type Actor } from '#decider';
import { commandOnce, type Ledger } from '#event-store';
import { answer } from '#http';
import type { ConsultationData, Reason } from '../access/access.events.js';
import { consult } from '../access/access.js';
import { askerOf, consulting, reasonMissing } from '../access/consulting.query.js';
import { deferralFold } from './deferral.js';
import type { FoundDeferral } from './deferrals.js';

/**
 * Records who looks at what a deferral covers, before they see: on its own stream while it is open, so that nothing
 * among the person's consultations points to it; among those afterwards.
 * @throws Problem 400 where the reason is missing, and whatever keeps it from being recorded: then nothing is answered
 */
export async function lookAtDeferral(
  ledger: Ledger,
  caller: Actor,
  { stream, deferral }: FoundDeferral,
  { reason }: { readonly reason?: Reason },
  asked: Pick<ConsultationData, 'question' | 'about'>,
): Promise<void> {
  const by = askerOf(caller);
  if (deferral.status === 'ended' || !by)
    return consulting(ledger, caller, deferral.data.person, reason ? { reason } : {}, asked)();
  if (reason === undefined) throw reasonMissing();
  const consultation = { by, reason, ...asked };
  const outcome = await ledger.decide(stream, deferralFold, commandOnce(caller), (state) =>
    state.status === 'open' ? consult(state.access, consultation, ledger.clock.now()) : accept(),
  );
  answer(outcome, () => ({}));
}
