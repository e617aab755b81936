import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Commissions, Secretariat, type CaseId, type CommissionId, type SessionId } from '#commission';
import type { Effective } from '#decider';
import type { CommandRequest } from '#http';
import { notFound, PersonDesk, type PersonId } from '#person';
import { concludeCase, type ConcludeCase } from './conclude-case.js';

export class ConcludeCaseCommand {
  constructor(
    readonly person: PersonId,
    readonly conclude: Omit<ConcludeCase, 'heardOn'>,
    readonly request: CommandRequest,
  ) {}
}

/** Recorded by the secretariat of the commission that heard the case; for others there is no such case. */
@CommandHandler(ConcludeCaseCommand)
export class ConcludeCaseHandler implements ICommandHandler<ConcludeCaseCommand> {
  constructor(
    private readonly desk: PersonDesk,
    private readonly commissions: Commissions,
    private readonly secretariat: Secretariat,
  ) {}

  execute({ person, conclude, request }: ConcludeCaseCommand) {
    return this.desk.decide(person, request, async (state, facts) => {
      const { case: id, session } = conclude.conclusion;
      const referred = state.cases.get(id);
      const commission = referred && (await this.commissions.commission(referred.commission as CommissionId));
      if (!commission || !(await this.secretariat.keeps(commission, facts.caller))) return notFound('case');
      const heard = commission.sessions.get(session as SessionId);
      const heardOn: Effective | undefined = heard?.agenda.get(id as CaseId) && heard.on;
      return concludeCase(state, { ...conclude, ...(heardOn ? { heardOn } : {}) }, facts);
    });
  }
}
