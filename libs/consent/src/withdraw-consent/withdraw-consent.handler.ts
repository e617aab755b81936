import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Effective } from '#decider';
import { Directory } from '#directory';
import type { CommandRequest } from '#http';
import { PersonDesk, resolveScope, type ConsentWithdrawn, type PersonId, type ScopeRequest } from '#person';
import { withdrawConsent } from './withdraw-consent.js';

/** The withdrawal as it was said, before its recipients are looked up. */
export interface WithdrawalSaid extends Omit<ConsentWithdrawn['data'], 'excluded'> {
  /** Empty: the whole consent. */
  readonly excluded: ScopeRequest;
  readonly effectiveAt?: Effective;
}

export class WithdrawConsentCommand {
  constructor(
    readonly person: PersonId,
    readonly said: WithdrawalSaid,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(WithdrawConsentCommand)
export class WithdrawConsentHandler implements ICommandHandler<WithdrawConsentCommand> {
  constructor(
    private readonly desk: PersonDesk,
    private readonly directory: Directory,
  ) {}

  execute({ person, said, request }: WithdrawConsentCommand) {
    return this.desk.decide(person, request, async (state, facts) => {
      const excluded = await resolveScope(this.directory, 'excluded.', said.excluded);
      if (excluded.kind === 'rejected') return excluded;
      const { consent, by, means, effectiveAt } = said;
      const withdrawal = { consent, by, means, excluded: excluded.value };
      return withdrawConsent(state, { withdrawal, effectiveAt }, facts);
    });
  }
}
