import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Catalogues } from '#catalogue';
import { Commissions } from '#commission';
import { Directory } from '#directory';
import type { CommandRequest } from '#http';
import { PersonDesk, type FindingTreated, type PersonId } from '#person';
import { elsewhereOf } from '../../elsewhere/elsewhere-of.query.js';
import { treatFinding } from './treat-finding.js';

export class TreatFindingCommand {
  constructor(
    readonly person: PersonId,
    readonly treated: FindingTreated['data'],
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(TreatFindingCommand)
export class TreatFindingHandler implements ICommandHandler<TreatFindingCommand> {
  constructor(
    private readonly desk: PersonDesk,
    private readonly directory: Directory,
    private readonly commissions: Commissions,
    private readonly catalogues: Catalogues,
  ) {}

  execute({ person, treated, request }: TreatFindingCommand) {
    return this.desk.decide(person, request, async (state, facts) => {
      const { caller } = facts;
      const own = caller.kind === 'mandate' ? await this.directory.institutionOf(caller.id) : undefined;
      const { directory, commissions, catalogues } = this;
      const elsewhere = await elsewhereOf({ directory, commissions, catalogues }, state);
      return treatFinding(state, { treated, elsewhere, ...(own ? { callerInstitution: own } : {}) }, facts);
    });
  }
}
