import { asId, type Actor } from '#decider';
import { answer, problem } from '#http';
import { commandOnce, type Ledger } from '#event-store';
import { accessStream, type PersonId } from '../person.ids.js';
import type { Asker, ConsultationData, Reason } from './access.events.js';
import { accessFold, consult } from './access.js';

/** Records who looks, before they see: resolves when it is on disk, or when they looked within the hour. */
export type Consult = () => Promise<void>;

/**
 * Who asks about a person, why, and what. The person and those who speak for them leave no trace.
 * @returns throws a Problem 400 where the reason is missing, and whatever keeps it from being recorded: then nothing
 * is answered
 */
export function consulting(
  ledger: Ledger,
  caller: Actor,
  person: PersonId,
  { reason }: { readonly reason?: Reason },
  asked: Pick<ConsultationData, 'question' | 'about'>,
): Consult {
  return async () => {
    const by = askerOf(caller);
    if (!by) return;
    if (reason === undefined) throw reasonMissing();
    const consultation = { by, reason, ...asked };
    const outcome = await ledger.decide(accessStream(person), accessFold, commandOnce(caller), (access) =>
      consult(access, consultation, ledger.clock.now()),
    );
    answer(outcome, () => ({}));
  };
}

/** Undefined for the person and those who speak for them: they leave no trace. */
export function askerOf({ kind, id }: Actor): Asker | undefined {
  if (kind === 'mandate') return { kind, mandate: asId<'Mandate'>(id) };
  return kind === 'client' ? { kind, client: id } : undefined;
}

export function reasonMissing() {
  const [detail, remedy] = ['The person sees who looked, and why.', 'Send a `reason` from the list.'];
  return problem(400, 'reason-missing', detail, remedy, { errors: [{ field: 'reason', detail, remedy }] });
}
