import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Directory } from '#directory';
import type { CommandRequest } from '#http';
import { PersonDesk, type FindingTreated, type PersonId } from '#person';
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
  ) {}

  execute({ person, treated, request }: TreatFindingCommand) {
    return this.desk.decide(person, request, async (state, facts) => {
      const { caller } = facts;
      const own = caller.kind === 'mandate' ? await this.directory.institutionOf(caller.id) : undefined;
      return treatFinding(state, { treated, ...(own ? { callerInstitution: own } : {}) }, facts);
    });
  }
}
