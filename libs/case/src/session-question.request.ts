import { asId, type Actor } from '#decider';
import type { Ledger } from '#event-store';
import { OneOf } from '#http';
import { consulting, REASON_CODES, type Reason } from '#person';

/** A question about a session shows the persons whose cases are heard there: each of them sees who looked, and why. */
export class SessionQuestionRequest {
  @OneOf(REASON_CODES, {
    optional: true,
    description: 'Why you ask; needed where a case is shown. The persons see it.',
  })
  reason?: Reason;
}

/** Records who looks, for each person shown, before anything of it is answered. @throws Problem 400 without a reason */
export async function lookedAt(
  ledger: Ledger,
  caller: Actor,
  request: SessionQuestionRequest,
  question: 'session-preparation' | 'session-record',
  agenda: readonly { readonly case: string; readonly person: string }[],
): Promise<void> {
  for (const { case: about, person } of agenda)
    await consulting(ledger, caller, asId<'Person'>(person), request, { question, about })();
}
